package consumer;

import io.github.hybridinference.InferenceEngine;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** A Spring Boot application with an engine as a bean. */
@SpringBootApplication
public class Main {

    @Bean(destroyMethod = "close")
    Answers.World world() {
        return Answers.World.start();
    }

    @Bean(destroyMethod = "close")
    InferenceEngine engine(Answers.World world) {
        return Answers.engine(world.endpoint(), world.redis().url());
    }

    /** Starts the application, and ends it when it has its answers. */
    public static void main(String[] args) {
        try (ConfigurableApplicationContext context = SpringApplication.run(Main.class, args)) {
            Answers.print(
                    context.getBean(Environment.class).getRequiredProperty("application"),
                    context.getBean(InferenceEngine.class),
                    context.getBean(Answers.World.class).redis().url());
        }
    }
}
