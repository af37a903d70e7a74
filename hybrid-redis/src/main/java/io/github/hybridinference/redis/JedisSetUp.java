package io.github.hybridinference.redis;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * Says what is wrong if the application brings a Jedis that does not fit. It refers to no class of Jedis, so that it can say this
 * of an absent one, too.
 */
final class JedisSetUp {
    private static final String FITTING = "6.0.0 to 8.0";
    private static final String VERSION = "META-INF/maven/redis.clients/jedis/pom.properties";

    private JedisSetUp() {}

    /**
     * Takes a step of the start.
     *
     * @throws IllegalStateException if a library lacks something; says in one sentence what to do
     */
    static <T> T checked(Supplier<T> step) {
        try {
            return step.get();
        } catch (LinkageError unfit) {
            throw new IllegalStateException(sentence(unfit), unfit);
        }
    }

    private static String sentence(LinkageError unfit) {
        if (!String.valueOf(unfit.getMessage()).replace('/', '.').contains("redis.clients.")) {
            return "a library that hybrid-redis needs is missing or of a version that does not fit (" + unfit
                    + "): remove what sets its version";
        }
        return "hybrid-redis needs Jedis " + FITTING + " and finds " + version() + " (" + unfit
                + "): set the Maven property jedis.version, or the version of redis.clients:jedis";
    }

    private static String version() {
        try (InputStream in = JedisSetUp.class.getClassLoader().getResourceAsStream(VERSION)) {
            if (in != null) {
                Properties properties = new Properties();
                properties.load(in);
                return properties.getProperty("version", "one without a version");
            }
        } catch (IOException unreadable) {
            // as if it were not there
        }
        return "none, or one without a version";
    }
}
