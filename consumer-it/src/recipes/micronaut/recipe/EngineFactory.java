package recipe;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.deepseek.DeepSeek;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.time.Duration;

@Factory
class EngineFactory {
    @Singleton
    @Bean(preDestroy = "close")
    InferenceEngine engine(
            @Property(name = "hybrid.api-key") String key,
            @Nullable @Property(name = "hybrid.base-url") String url,
            @Property(name = "hybrid.budget-per-day", defaultValue = "5.00") String usd) {
        var model = DeepSeek.builder().apiKey(key);
        if (url != null) {
            model.endpoint(url);
        }
        return InferenceEngine.builder()
                .remote(model.build())
                .timeout(Duration.ofSeconds(3))
                .budget(Budget.perDay(usd))
                .ownParts()
                .build();
    }
}
