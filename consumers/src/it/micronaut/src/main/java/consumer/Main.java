package consumer;

import io.github.hybridinference.InferenceEngine;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.runtime.Micronaut;
import jakarta.inject.Singleton;

/** A Micronaut application with an engine as a bean. */
@Factory
public class Main {

    @Bean(preDestroy = "close")
    @Singleton
    Answers.World world() {
        return Answers.World.start();
    }

    @Bean(preDestroy = "close")
    @Singleton
    InferenceEngine engine(Answers.World world) {
        return Answers.engine(world.endpoint(), world.redis().url());
    }

    /** Starts the application, and ends it when it has its answers. */
    public static void main(String[] args) {
        try (ApplicationContext context =
                Micronaut.build(args).mainClass(Main.class).banner(false).start()) {
            Answers.print(
                    "micronaut",
                    context.getBean(InferenceEngine.class),
                    context.getBean(Answers.World.class).redis().url());
        }
    }
}
