package consumer;

import io.github.hybridinference.InferenceEngine;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** A Quarkus application with an engine as a bean. */
@QuarkusMain
public class Main implements QuarkusApplication {
    @Inject
    InferenceEngine engine;

    @Inject
    Answers.World world;

    @Override
    public int run(String... args) {
        Answers.print("quarkus", engine, world.redis().url());
        return 0;
    }

    /** What a Quarkus application has in a class of its own. */
    @ApplicationScoped
    static class Engines {
        @Produces
        @Singleton
        Answers.World world() {
            return Answers.World.start();
        }

        void end(@Disposes Answers.World world) {
            world.close();
        }

        @Produces
        @Singleton
        InferenceEngine engine(Answers.World world) {
            return Answers.engine(world.endpoint(), world.redis().url());
        }

        void end(@Disposes InferenceEngine engine) {
            engine.close();
        }
    }
}
