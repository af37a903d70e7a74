package io.github.hybridinference.deepseek;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.benchmarks.paths.Samples;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.remote.ChatQuestion;
import io.github.hybridinference.remote.ChatSettings;
import io.github.hybridinference.remote.RemoteRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The body of a request about 25 figures; the floor has Jackson's streaming generator write the same figures. */
@State(Scope.Thread)
public class Prompting {
    private final AnonymizedSnapshot sent = Anonymizer.standard().anonymize(Samples.wide());
    private final RemoteRequest question =
            new RemoteRequest(sent, Optional.empty(), Deadline.after(Duration.ofDays(1)), "1");
    private final RequestTemplate template =
            RequestTemplate.of(ChatSettings.of("localhost", null, null, null, null, null, null));
    private final JsonFactory jackson = new JsonFactory();

    @Benchmark
    public byte[] body() {
        return template.body(ChatQuestion.of(question));
    }

    @Benchmark
    public byte[] jackson() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2_048);
        try (JsonGenerator generator = jackson.createGenerator(out)) {
            generator.writeStartObject();
            for (int i = 0; i < sent.size(); i++) {
                generator.writeNumberField(sent.feature(i).name(), sent.value(i));
            }
            generator.writeEndObject();
        }
        return out.toByteArray();
    }
}
