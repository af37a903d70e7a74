package recipe;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.deepseek.DeepSeek;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

@ApplicationScoped
class EngineProducer {
    @Produces
    @ApplicationScoped
    InferenceEngine engine(
            @ConfigProperty(name = "hybrid.api-key") String key,
            @ConfigProperty(name = "hybrid.base-url") Optional<String> url,
            @ConfigProperty(name = "hybrid.budget-per-day", defaultValue = "5.00") String usd) {
        var model = DeepSeek.builder().apiKey(key);
        url.ifPresent(model::endpoint);
        return InferenceEngine.builder()
                .remote(model.build())
                .timeout(Duration.ofSeconds(3))
                .budget(Budget.perDay(usd))
                .ownParts()
                .build();
    }

    void close(@Disposes InferenceEngine engine) {
        engine.close();
    }
}
