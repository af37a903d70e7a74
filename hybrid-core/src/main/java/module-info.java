/** The hybrid inference engine: rules, classifier, anonymizer, cache and the path through them. */
module io.github.hybridinference.core {
    exports io.github.hybridinference;
    exports io.github.hybridinference.anonymize;
    exports io.github.hybridinference.audit;
    exports io.github.hybridinference.budget;
    exports io.github.hybridinference.cache;
    exports io.github.hybridinference.classify;
    exports io.github.hybridinference.local;
    exports io.github.hybridinference.model;
    exports io.github.hybridinference.remote;
    exports io.github.hybridinference.reply;

    requires com.fasterxml.jackson.core;
    requires com.github.benmanes.caffeine;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires org.slf4j;
    requires static com.fasterxml.jackson.annotation;
    requires static transitive org.jspecify;
}
