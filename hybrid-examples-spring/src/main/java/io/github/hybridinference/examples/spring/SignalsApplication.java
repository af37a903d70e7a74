package io.github.hybridinference.examples.spring;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signals over HTTP. */
@RestController
@SpringBootApplication
public class SignalsApplication {
    private final InferenceEngine engine;

    SignalsApplication(InferenceEngine engine) {
        this.engine = engine;
    }

    /**
     * Starts the application.
     *
     * @param args as Spring Boot takes them
     */
    public static void main(String[] args) {
        SpringApplication.run(SignalsApplication.class, args);
    }

    @GetMapping("/signal")
    Inference signal(@RequestParam String symbol, @RequestParam double rsi, @RequestParam double volatility) {
        return engine.infer(MarketSnapshot.builder(symbol, Timeframe.H1)
                .rsi(rsi)
                .volatilityPct(volatility)
                .build());
    }
}
