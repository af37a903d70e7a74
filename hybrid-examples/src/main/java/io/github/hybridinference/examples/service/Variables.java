package io.github.hybridinference.examples.service;

import io.github.hybridinference.lab.command.CommandException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The variables of the environment and of a file {@code .env}, and where each comes from. The environment wins. */
final class Variables {
    private final Map<String, String> environment;
    private final Map<String, String> file;

    Variables(Map<String, String> environment, Map<String, String> file) {
        this.environment = Map.copyOf(environment);
        this.file = Map.copyOf(file);
    }

    static Variables load(Path directory, Map<String, String> environment) throws CommandException {
        return new Variables(environment, EnvFile.read(directory));
    }

    Map<String, String> values() {
        Map<String, String> values = new HashMap<>(file);
        values.putAll(environment);
        return values;
    }

    /** One line for each variable of the service: its value, or whether it is set, and where that comes from. */
    List<String> effective() {
        List<String> lines = new ArrayList<>();
        for (Variable variable : Variable.ALL) {
            String name = actualName(variable);
            String value = values().getOrDefault(name, "").strip();
            String source = environment.containsKey(name) ? "environment" : file.containsKey(name) ? ".env" : "default";
            if (value.isEmpty()) { // set to nothing is the same as not set, but says who did it
                lines.add(line(
                        variable.name(), variable.standard(), source.equals("default") ? source : source + ", empty"));
            } else {
                lines.add(line(name, variable.isSecret() ? "set" : printable(value), source));
            }
        }
        return lines;
    }

    /** The usual variables of proxies may be in lower case. */
    private String actualName(Variable variable) {
        String lower = variable.name().toLowerCase(Locale.ROOT);
        boolean isProxy = variable.name().endsWith("_PROXY");
        return isProxy && !values().containsKey(variable.name()) && values().containsKey(lower)
                ? lower
                : variable.name();
    }

    private static String line(String name, String value, String source) {
        return name + "=" + value + " (" + source + ")";
    }

    private static String printable(String value) {
        return value.replaceAll("\\p{Cntrl}", "?");
    }

    /** A line for each variable that is none of the service's but looks as if it were meant to be. */
    List<String> doubtful() {
        List<String> lines = new ArrayList<>();
        for (String name : new TreeSet<>(values().keySet())) {
            boolean inFile = file.containsKey(name);
            if (NearestVariable.isKnown(name) || (NearestVariable.isUsual(name) && !inFile)) {
                continue;
            }
            String nearest = NearestVariable.of(name);
            if (!nearest.isEmpty()) {
                lines.add(name + " is not a variable of this service and has no effect; is " + nearest + " meant?");
            } else if (inFile || NearestVariable.hasOwnPrefix(name)) {
                lines.add(name + " is not a variable of this service and has no effect");
            }
        }
        return lines;
    }
}
