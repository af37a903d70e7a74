package io.github.hybridinference.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testkit.standin.StandIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The beginning and the end of an application with a web server. */
public abstract class LifecycleContract {
    /** A user's application. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {
        @Autowired
        private InferenceEngine engine;

        final AtomicReference<Inference> answered = new AtomicReference<>();

        @GetMapping("/signal")
        Inference signal() {
            Inference answer = engine.infer(Snapshots.complex());
            answered.set(answer);
            return answer;
        }

        @Bean
        static StandIn slowModel() {
            return StandIn.builder().latency(Duration.ofSeconds(1)).start();
        }
    }

    private static ConfigurableApplicationContext start(Class<?>... sources) {
        return new SpringApplicationBuilder(sources)
                .properties(
                        "server.port=0",
                        "server.shutdown=graceful",
                        "hybrid.mode=simulated",
                        "hybrid.timeout=20s",
                        "hybrid.remote-timeout=20s",
                        "hybrid.redis.enabled=false")
                .run();
    }

    /** The engine is closed only when the web server has answered. */
    @Test
    void answersTheRequestsThatAreUnderWayWhenItIsToldToEnd() throws Exception {
        ConfigurableApplicationContext context = start(Application.class);
        StandIn model = context.getBean(StandIn.class);
        String port = context.getEnvironment().getProperty("local.server.port");
        CompletableFuture<HttpResponse<String>> response = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/signal"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        await().until(() -> model.requests() == 1);
        Application application = context.getBean(Application.class);

        assertThat(SpringApplication.exit(context)).isZero();

        // Tomcat counts a request as ended before its last bytes are written, so that the response itself may be lost
        assertThat(application.answered.get()).isNotNull();
        assertThat(application.answered.get().source()).isEqualTo(Source.REMOTE);
        response.cancel(true);
    }

    @Test
    void isReadyOnlyWhenItIsWarm() {
        try (ConfigurableApplicationContext context = start(Warmth.class)) {
            assertThat(context.getBean(Warmth.class).seen).containsExactly("warmed up, REFUSING_TRAFFIC, no port");
            assertThat(context.getBean(ApplicationAvailability.class).getReadinessState())
                    .isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    /** Looks around when the model is warmed up. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Warmth {
        final List<String> seen = new ArrayList<>();

        @Bean
        InferenceEngineCustomizer listeningModel(Environment environment, ApplicationAvailability availability) {
            return builder -> builder.remote(ModelInProcess.replying("model").whenWarmedUp(() -> {
                String port = environment.getProperty("local.server.port");
                seen.add("warmed up, " + availability.getReadinessState() + ", " + (port == null ? "no port" : "port"));
            }));
        }
    }
}
