package io.github.hybridinference.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.hybridinference.testkit", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule HAS_NO_PACKAGE_CYCLE = slices().matching("io.github.hybridinference.testkit.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule STAND_IN_NEEDS_NO_OPTIONAL_DEPENDENCY = noClasses()
            .that()
            .resideInAPackage("..testkit.standin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.hybridinference.testkit.command..",
                    "io.github.hybridinference.testkit.process..",
                    "io.github.hybridinference.deepseek..",
                    "io.github.hybridinference.redis..",
                    "picocli..",
                    "redis..",
                    "org.HdrHistogram..",
                    "ch.qos.logback..")
            .because("a user's tests get the simulated model without the libraries of the runners");
}
