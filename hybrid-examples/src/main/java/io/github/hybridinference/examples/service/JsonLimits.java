package io.github.hybridinference.examples.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The JSON mapper of the service, with limits on what it reads. */
final class JsonLimits {
    /** The deepest nesting that is read. */
    static final int MAX_DEPTH = 32;

    /** The largest single question. */
    static final int QUESTION_BYTES = 64 * 1024;

    /** The largest batch. */
    static final int BATCH_BYTES = 256 * 1024;

    /** Names, values and brackets of a question: some 1,000 figures, where a snapshot takes 64. */
    private static final int QUESTION_TOKENS = 2_500;

    private static final int BATCH_TOKENS = 25_000;
    private static final int LONGEST_NUMBER = 64;
    private static final int LONGEST_NAME = 256;

    /** For what is written, and for single questions. */
    static final JsonMapper JSON = mapper(QUESTION_BYTES, QUESTION_TOKENS);

    /** For batches. */
    static final JsonMapper BATCHES = mapper(BATCH_BYTES, BATCH_TOKENS);

    private JsonLimits() {}

    private static JsonMapper mapper(int bytes, int tokens) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxNumberLength(LONGEST_NUMBER)
                                .maxNameLength(LONGEST_NAME)
                                .maxTokenCount(tokens)
                                .maxDocumentLength(bytes)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        // names come from clients: a table of them all would be theirs to fill
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
    }
}
