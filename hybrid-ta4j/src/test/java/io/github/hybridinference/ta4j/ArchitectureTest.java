package io.github.hybridinference.ta4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the privacy rule: the module makes snapshots, and has no way to send or to log them. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_THE_MODEL_AND_TA4J = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.hybridinference.ta4j",
                    "io.github.hybridinference.model",
                    "org.ta4j.core..",
                    "org.jspecify.annotations",
                    "java.lang..",
                    "java.time",
                    "java.util..")
            .because("what is made of a caller's figures and prices must not go anywhere from here");
}
