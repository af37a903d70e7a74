package io.github.hybridinference.deepseek;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.hybridinference.model.*;
import io.github.hybridinference.remote.*;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireFormatTest {
    @Test
    void smoke() throws Exception {
        WireMockServer server =
                new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
        server.start();
        server.stubFor(
                any(anyUrl())
                        .willReturn(
                                aResponse()
                                        .withHeader("content-type", "application/json")
                                        .withBody(
                                                "{\"model\":\"deepseek-flash\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"hi\"}}],\"usage\":{\"prompt_tokens\":290,\"completion_tokens\":53,\"total_tokens\":343,\"prompt_cache_hit_tokens\":128,\"prompt_cache_miss_tokens\":162}}")));
        long t = System.nanoTime();
        try (DeepSeek model =
                DeepSeek.builder().apiKey("sk-abc").endpoint(server.baseUrl()).build()) {
            System.out.println("built " + (System.nanoTime() - t) / 1e6);
            model.warmUp();
            System.out.println("warm " + (System.nanoTime() - t) / 1e6);
            AnonymizedSnapshot s = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                    .put(Feature.RSI_14, 27.4)
                    .put(Feature.VOLATILITY_PCT, 2.13)
                    .assetClass(AssetClass.CRYPTO)
                    .build();
            RemoteQuestion q =
                    new RemoteQuestion(s, Optional.of(ReplyProblem.BLANK), Deadline.after(Duration.ofSeconds(3)), "d1");
            System.out.println(model.identity() + " " + model.worstCostNanoUsd(q));
            RemoteReply r = model.ask(q).get();
            System.out.println(r + " " + r.usage());
            System.out.println(server.getAllServeEvents().get(0).getRequest());
            assertThat(r.text()).isEqualTo("hi");
        }
        server.stop();
    }
}
