package io.github.hybridinference.deepseek;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.github.hybridinference.openai.OpenAiModel;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.RemoteModel;
import java.time.Clock;

/** The two adapters that speak DeepSeek's protocol. What they must do alike, both are tested by. */
enum Adapter {
    /** hybrid-deepseek. */
    NETTY {
        @Override
        Opened open(String url, Clock clock) {
            DeepSeek model = DeepSeek.builder()
                    .apiKey(Texts.KEY)
                    .endpoint(url)
                    .clock(clock)
                    .build();
            return new Opened(model, model::close);
        }
    },

    /** hybrid-openai over openai-java's client of the usual kind, with the settings it has from the start. */
    OPENAI_JAVA {
        @Override
        Opened open(String url, Clock clock) {
            OpenAIClient client =
                    OpenAIOkHttpClient.builder().baseUrl(url).apiKey(Texts.KEY).build();
            OpenAiModel model = OpenAiModel.over(client)
                    .dialect(Dialect.DEEPSEEK)
                    .clock(clock)
                    .build();
            return new Opened(model, () -> {
                model.close();
                client.close();
            });
        }
    };

    abstract Opened open(String url, Clock clock);

    /** A model with what has to be closed. */
    record Opened(RemoteModel model, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }
}
