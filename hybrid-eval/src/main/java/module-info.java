/** Records what an engine decided, replays it, and measures what each call of the model bought. */
module io.github.hybridinference.eval {
    exports io.github.hybridinference.eval;
    exports io.github.hybridinference.eval.journal;
    exports io.github.hybridinference.eval.report;

    requires transitive io.github.hybridinference.core;
    requires com.fasterxml.jackson.databind;
    requires org.apache.commons.statistics.descriptive;
    requires org.slf4j;
    requires static transitive org.jspecify;
}
