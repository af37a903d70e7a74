package io.github.hybridinference.redis;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.concurrent.Executors;

/** Holds the privacy rule, that this adapter sees anonymized snapshots only, and the rule for threads. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule NEVER_SEES_A_MARKET_SNAPSHOT = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(MarketSnapshot.class)
            .because("what is shared with a fleet holds nothing that was not anonymized");

    @ArchTest
    static final ArchRule THREADS_ARE_MADE_IN_ONE_PLACE = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(GatewayThreads.class.getName())
            .should()
            .callConstructorWhere(JavaCall.Predicates.target(owner(assignableTo(Thread.class))))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class)
            .because("each thread here is a daemon with a name that says whose it is");
}
