package io.github.hybridinference.micrometer;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.MarketSnapshot;

/** Holds the privacy rule: the meters never read a caller's figures. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule NEVER_READS_A_SNAPSHOT = noClasses()
            .should()
            .accessTargetWhere(
                    targetOwner(assignableTo(MarketSnapshot.class).or(assignableTo(AnonymizedSnapshot.class))))
            .because("a listener is handed the caller's snapshot, and a meter shows nothing of it");
}
