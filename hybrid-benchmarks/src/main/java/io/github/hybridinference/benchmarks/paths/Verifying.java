package io.github.hybridinference.benchmarks.paths;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.reply.ReplyVerifier;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Verifying a reply; the floor has Jackson's streaming parser read it. */
@State(Scope.Thread)
public class Verifying {
    private final ReplyVerifier verifier = ReplyVerifier.standard();
    private final AnonymizedSnapshot sent = Anonymizer.standard().anonymize(Samples.complex());
    private final RemoteReply reply = ModelInProcess.reply();
    private final JsonFactory jackson = new JsonFactory();

    @Benchmark
    public Object verifier() {
        ReplyVerifier.Verification verification = verifier.verify(reply, sent);
        if (verification instanceof ReplyVerifier.Accepted) {
            return verification;
        }
        throw new IllegalStateException("the sample is a good reply");
    }

    @Benchmark
    public void jackson(Blackhole hole) throws IOException {
        try (JsonParser parser = jackson.createParser(reply.text())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case FIELD_NAME -> hole.consume(parser.currentName());
                    case VALUE_STRING -> hole.consume(parser.getText());
                    case VALUE_NUMBER_FLOAT -> hole.consume(parser.getDoubleValue());
                    default -> hole.consume(token);
                }
            }
        }
    }
}
