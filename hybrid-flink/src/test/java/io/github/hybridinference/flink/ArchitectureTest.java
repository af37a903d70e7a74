package io.github.hybridinference.flink;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds what Flink makes dangerous. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule NEVER_FLINKS_RETRIES = noClasses()
            .should()
            .accessTargetWhere(target(nameMatching(".*WithRetry")))
            .because(
                    "a retry that meets a time-out has dropped elements (FLINK-40456), and the engine retries by itself");

    @ArchTest
    static final ArchRule NEVER_QUOTES_AN_ELEMENT = noClasses()
            .should()
            .accessTargetWhere(target(nameMatching("completeExceptionally")))
            .because("Flink's message would quote the element");
}
