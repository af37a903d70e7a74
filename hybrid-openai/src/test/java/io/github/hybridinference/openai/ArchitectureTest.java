package io.github.hybridinference.openai;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.hybridinference.model.MarketSnapshot;

/** Holds the privacy rule: this adapter sees anonymized snapshots only. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule NEVER_SEES_A_MARKET_SNAPSHOT = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(MarketSnapshot.class)
            .because("what leaves for the model holds nothing that was not anonymized");
}
