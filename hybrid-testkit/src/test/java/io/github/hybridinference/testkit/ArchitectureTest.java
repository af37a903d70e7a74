package io.github.hybridinference.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.hybridinference.testkit", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String KIT = "io.github.hybridinference.testkit";

    @ArchTest
    static final ArchRule HAS_NO_PACKAGE_CYCLE =
            slices().matching(KIT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule KNOWS_NO_ADAPTER = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net..",
                    "io.github.hybridinference..",
                    "io.netty..",
                    "com.fasterxml.jackson..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "org.junit.jupiter.api..",
                    "org.assertj.core..")
            .andShould()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.github.hybridinference.deepseek..",
                    "io.github.hybridinference.redis..",
                    "io.github.hybridinference.lab..");

    @ArchTest
    static final ArchRule FAKES_NEED_THE_CORE_ALONE = classes()
            .that()
            .resideInAPackage(KIT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    KIT,
                    "java..",
                    "org.jspecify..",
                    "com.fasterxml.jackson.core..",
                    "io.github.hybridinference",
                    "io.github.hybridinference.budget",
                    "io.github.hybridinference.cache",
                    "io.github.hybridinference.local",
                    "io.github.hybridinference.model",
                    "io.github.hybridinference.remote");

    @ArchTest
    static final ArchRule STAND_IN_NEEDS_NO_TEST_LIBRARY = noClasses()
            .that()
            .resideInAPackage(KIT + ".standin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "org.assertj..")
            .because("programs other than tests use the simulated model too");
}
