package io.github.hybridinference.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the order of the packages: experiments and context build on journal and evaluation, and not on each other. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    static final String ROOT = "io.github.hybridinference.eval";
    private static final String EXPERIMENT = ROOT + ".experiment";
    private static final String CONTEXT = ROOT + ".context";
    private static final String JOURNAL = ROOT + ".journal";

    @ArchTest
    static final ArchRule NO_CYCLE_BETWEEN_PACKAGES =
            slices().matching("io.github.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule A_JOURNAL_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("..eval.journal")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.hybridinference.eval", "..eval.report", "..eval.experiment", "..eval.context")
            .because("recording goes on in production, where nothing is evaluated");

    @ArchTest
    static final ArchRule NOTHING_USES_EXPERIMENTS_OR_CONTEXT = noClasses()
            .that()
            .resideInAnyPackage(ROOT, JOURNAL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EXPERIMENT, CONTEXT)
            .because("they can be left out");

    @ArchTest
    static final ArchRule EXPERIMENTS_AND_CONTEXT_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage(EXPERIMENT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CONTEXT)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..")
            .because("an experiment asks models and nobody else");
}
