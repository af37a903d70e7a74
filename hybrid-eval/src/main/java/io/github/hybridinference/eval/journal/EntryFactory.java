package io.github.hybridinference.eval.journal;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.RuleFigures;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.ModelIdentity;
import java.util.List;
import java.util.Optional;

/** Makes the entry of a decision, on the thread of the journal. */
final class EntryFactory {
    private final Anonymizer anonymizer;
    private final List<ModelIdentity> models;
    private final boolean keepingSymbols;

    EntryFactory(Anonymizer anonymizer, List<ModelIdentity> models, boolean keepingSymbols) {
        this.anonymizer = anonymizer;
        this.models = models;
        this.keepingSymbols = keepingSymbols;
    }

    JournalEntry of(PendingLine.Decision decision) {
        Inference answer = decision.answer();
        AnonymizedSnapshot left = anonymizer.anonymize(decision.snapshot());
        boolean ofModel = JournalEntry.isOfModel(answer.source());
        return new JournalEntry(
                decision.id(),
                decision.snapshot().time(),
                keepingSymbols ? Optional.of(decision.snapshot().symbol()) : Optional.empty(),
                left,
                answer.scenario(),
                rules(answer.rules(), left),
                ofModel ? Optional.of(answer.signal()) : Optional.empty(),
                answer.source(),
                answer.degradation(),
                answer.provenance().flatMap(this::asked),
                answer.provenance(),
                answer.latency(),
                decision.late());
    }

    /** As coarse as the figures beside it: the rules' numbers in full would be the market's in full. */
    private static JournalEntry.Rules rules(RuleVerdict verdict, AnonymizedSnapshot left) {
        TradingSignal signal = RuleFigures.asLeft(verdict.signal(), left);
        TradingSignal wordless = new TradingSignal(
                signal.action(), signal.confidence(), signal.risk(), signal.stopLossPct(), signal.takeProfitPct(), "");
        return new JournalEntry.Rules(
                wordless,
                RuleFigures.vote(verdict.score()),
                RuleFigures.vote(verdict.strongestBuy()),
                RuleFigures.vote(verdict.strongestSell()));
    }

    /**
     * The model that answered. A service may report a longer model name than the one in the request, so the name
     * decides only between models with the same prompt.
     */
    private Optional<ModelIdentity> asked(Provenance provenance) {
        List<ModelIdentity> same = models.stream()
                .filter(model -> model.promptVersion().equals(provenance.promptVersion()))
                .toList();
        if (same.size() > 1) {
            same = same.stream()
                    .filter(model -> provenance.model().startsWith(model.model()))
                    .toList();
        }
        return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
    }
}
