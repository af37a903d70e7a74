package io.github.hybridinference.examples.run;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.deepseek.DeepSeekBuilder;
import io.github.hybridinference.openai.OpenAiModel;
import io.github.hybridinference.openai.OpenAiModelBuilder;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.RemoteModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The client that carries the requests: of hybrid-deepseek, or OpenAI's official one. Their bodies are the same. */
public enum ModelClient {
    /** hybrid-deepseek's own, over Netty. */
    NETTY {
        @Override
        public RemoteModel model(String key, String baseUrl, String name, Map<String, String> network) {
            DeepSeekBuilder builder = DeepSeek.builder().apiKey(key).network(network);
            if (!baseUrl.isEmpty()) {
                builder.endpoint(baseUrl);
            }
            if (!name.isEmpty()) {
                builder.model(name);
            }
            return builder.build();
        }
    },

    /** openai-java over OkHttp, by hybrid-openai. */
    OPENAI_JAVA {
        @Override
        public RemoteModel model(String key, String baseUrl, String name, Map<String, String> network) {
            String url = baseUrl.isEmpty() ? Dialect.DEEPSEEK.endpoint() : baseUrl;
            // refuses what is malformed, or not encrypted beyond this machine
            DeepSeek.builder()
                    .apiKey(key)
                    .endpoint(url)
                    .network(network)
                    .noProxy()
                    .build()
                    .close();
            for (String variable : List.of("DEEPSEEK_TRUST_STORE", "DEEPSEEK_CLIENT_CERTIFICATE")) {
                if (!network.getOrDefault(variable, "").isBlank()) {
                    throw new IllegalArgumentException(
                            variable + ": it is for the client netty; openai-java uses what the JVM's properties set");
                }
            }
            // never fromEnv(): it would send the environment's OpenAI organisation and headers to whatever endpoint is
            // set
            OpenAIClient client = OpenAIOkHttpClient.builder()
                    .baseUrl(url)
                    .apiKey(ApiKey.of(key).reveal())
                    .build();
            OpenAiModelBuilder builder = OpenAiModel.over(client).ownClient().dialect(Dialect.DEEPSEEK);
            if (!name.isEmpty()) {
                builder.model(name);
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
     * Makes a model that speaks DeepSeek's dialect.
     *
     * @param key its key
     * @param baseUrl where it is, empty for DeepSeek's own service
     * @param name its name, empty for the default
     * @param network variables that say how it is reached, see {@link DeepSeekBuilder#network}; openai-java takes its proxy
     *     and its certificates from the properties of the JVM
     * @return a model that can be closed, with its client
     * @throws IllegalArgumentException if one of them is malformed; the message does not repeat it
     * @throws IllegalStateException if they do not go together
     */
    public abstract RemoteModel model(String key, String baseUrl, String name, Map<String, String> network);

    /**
     * Makes the model that the environment describes: {@code DEEPSEEK_API_KEY}, {@code DEEPSEEK_BASE_URL},
     * {@code DEEPSEEK_MODEL} and those that say how it is reached.
     *
     * @param environment the variables
     * @return a model that can be closed, with its client
     * @throws IllegalArgumentException if one of them is malformed; the message does not repeat it
     */
    public RemoteModel fromEnv(Map<String, String> environment) {
        return model(
                environment.getOrDefault("DEEPSEEK_API_KEY", ""),
                environment.getOrDefault("DEEPSEEK_BASE_URL", "").strip(),
                environment.getOrDefault("DEEPSEEK_MODEL", "").strip(),
                environment);
    }
}
