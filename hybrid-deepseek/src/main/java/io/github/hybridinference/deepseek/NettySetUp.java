package io.github.hybridinference.deepseek;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says what is wrong if the application brings a Netty that does not fit. It refers to no class of Netty, so that it can say this
 * of an absent one, too.
 */
final class NettySetUp {
    private static final String OLDEST = "4.1.128";

    private NettySetUp() {}

    /** Says what is wrong with the libraries, and what to do, in one sentence. */
    static String sentence(LinkageError unfit) {
        if (!String.valueOf(unfit.getMessage()).replace('/', '.').contains("io.netty.")) {
            return "a library that hybrid-deepseek needs is missing or of a version that does not fit (" + unfit
                    + "): remove what sets its version";
        }
        return "hybrid-deepseek needs Netty " + OLDEST + " or newer and finds " + version() + " (" + unfit
                + "): set the Maven property netty.version, or import netty-bom before what sets the version";
    }

    /** The versions of the Netty on the class path, of which there should be one. */
    private static String version() {
        Set<String> found = new TreeSet<>();
        try {
            ClassLoader loader = NettySetUp.class.getClassLoader();
            for (URL each : Collections.list(loader.getResources("META-INF/io.netty.versions.properties"))) {
                Properties properties = new Properties();
                try (InputStream in = each.openStream()) {
                    properties.load(in);
                }
                for (String name : properties.stringPropertyNames()) {
                    if (name.endsWith(".version")) {
                        found.add(properties.getProperty(name));
                    }
                }
            }
        } catch (IOException unreadable) {
            return "one whose version cannot be read";
        }
        return found.isEmpty() ? "none, or one without a version" : String.join(" and ", found);
    }
}
