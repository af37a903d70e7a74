package consumer;

import io.github.hybridinference.InferenceEngine;

/** An application without a framework. */
public class Main {
    private Main() {}

    /** Starts the application, and ends it when it has its answers. */
    public static void main(String[] args) {
        try (Answers.World world = Answers.World.start();
                InferenceEngine engine =
                        Answers.engine(world.endpoint(), world.redis().url())) {
            Answers.print(args[0], engine, world.redis().url());
        }
    }
}
