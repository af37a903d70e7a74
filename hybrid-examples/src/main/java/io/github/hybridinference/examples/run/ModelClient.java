package io.github.hybridinference.examples.run;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.deepseek.DeepSeekBuilder;
import io.github.hybridinference.openai.OpenAiModel;
import io.github.hybridinference.openai.OpenAiModelBuilder;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.RemoteModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The client that carries the requests: of hybrid-deepseek, or OpenAI's official one. Their bodies are the same. */
public enum ModelClient {
    /** hybrid-deepseek's own, over Netty. */
    NETTY {
        @Override
        RemoteModel model(ModelSettings settings) {
            DeepSeekBuilder builder =
                    DeepSeek.builder().dialect(settings.dialect()).network(settings.network());
            if (!settings.url().isEmpty()) {
                builder.endpoint(settings.url());
            }
            settings.headers().forEach(builder::header);
            settings.query().forEach(builder::query);
            if (!settings.key().isEmpty()) {
                builder.apiKey(settings.key());
            }
            if (!settings.name().isEmpty()) {
                builder.model(settings.name());
            }
            if (settings.prices() != null) {
                builder.prices(settings.prices());
            }
            return builder.build();
        }
    },

    /** openai-java over OkHttp, by hybrid-openai. */
    OPENAI_JAVA {
        @Override
        RemoteModel model(ModelSettings settings) {
            String url = settings.url();
            if (settings.key().isEmpty()) {
                throw new IllegalStateException("openai-java needs a key: set any text for a service that needs none");
            }
            // refuses what is malformed, or not encrypted beyond this machine
            DeepSeek.builder()
                    .apiKey(settings.key())
                    .endpoint(url)
                    .network(settings.network())
                    .noProxy()
                    .build()
                    .close();
            for (String variable : List.of("DEEPSEEK_TRUST_STORE", "DEEPSEEK_CLIENT_CERTIFICATE")) {
                if (settings.network().containsKey(variable)) {
                    throw new IllegalArgumentException(
                            variable + ": it is for the client netty; openai-java uses what the JVM's properties set");
                }
            }
            // never fromEnv(): it would send the environment's OpenAI organisation and headers to whatever endpoint is
            // set
            OpenAIOkHttpClient.Builder client = OpenAIOkHttpClient.builder()
                    .baseUrl(url)
                    .apiKey(ApiKey.of(settings.key()).reveal());
            settings.headers().forEach(client::putHeader);
            settings.query().forEach(client::putQueryParam);
            OpenAiModelBuilder builder =
                    OpenAiModel.over(client.build()).ownClient().dialect(settings.dialect());
            if (!settings.name().isEmpty()) {
                builder.model(settings.name());
            }
            if (settings.prices() != null) {
                builder.prices(settings.prices());
            }
            return builder.build();
        }
    };

    /** The names, for messages. */
    public static final String NAMES = "netty or openai-java";

    /**
     * Finds a client by its name.
     *
     * @param name {@code netty} or {@code openai-java}
     * @return the client, or empty for another name
     */
    public static Optional<ModelClient> named(String name) {
        return switch (name) {
            case "netty" -> Optional.of(NETTY);
            case "openai-java" -> Optional.of(OPENAI_JAVA);
            default -> Optional.empty();
        };
    }

    /**
     * Makes a model, see {@link ModelSettings#model}, which names the variable that is at fault.
     *
     * @param settings what the environment says; openai-java takes its proxy and its certificates from the properties of the
     *     JVM
     * @return a model that can be closed, with its client
     * @throws IllegalArgumentException if a setting is malformed; the message does not repeat it
     * @throws IllegalStateException if they do not go together
     */
    abstract RemoteModel model(ModelSettings settings);

    /**
     * Makes the model that the environment describes.
     *
     * @param environment the variables
     * @return a model that can be closed, with its client
     * @throws IllegalArgumentException if a variable is malformed, or they do not go together; the message names it and does
     *     not repeat its value
     */
    public RemoteModel fromEnv(Map<String, String> environment) {
        return ModelSettings.of(environment).model(this);
    }
}
