package io.github.hybridinference.examples.run;

import io.github.hybridinference.lab.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the files of several series. */
final class SeriesFiles {
    private static final String ENDINGS = "csv tsv txt json jsonl ndjson, packed by gz or zip or not";

    private SeriesFiles() {}

    /** Each file once, by its name, or by its path where two have the same name. */
    static SortedMap<String, Path> of(List<Path> named) throws CommandException {
        Set<Path> files = new LinkedHashSet<>();
        for (Path one : named) {
            if (Files.isDirectory(one)) {
                files.addAll(in(one));
            } else {
                files.add(one.normalize());
            }
        }
        Map<String, Long> names =
                files.stream().collect(Collectors.groupingBy(SeriesFiles::name, Collectors.counting()));
        Function<Path, String> unique = file -> names.getOrDefault(name(file), 0L) == 1 ? name(file) : file.toString();
        SortedMap<String, Path> byName = new TreeMap<>();
        files.forEach(file -> byName.put(unique.apply(file), file));
        return byName;
    }

    private static List<Path> in(Path folder) throws CommandException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> Files.isRegularFile(file) && isOfBars(name(file)))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new CommandException("The folder " + folder + " cannot be read.");
        }
        if (found.isEmpty()) {
            throw new CommandException("The folder " + folder + " holds no file of bars (" + ENDINGS + ").");
        }
        return found.stream().map(Path::normalize).toList();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static boolean isOfBars(String name) {
        return !name.startsWith(".")
                && name.toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv|txt|json|jsonl|ndjson|zip)(\\.(gz|zip))?");
    }
}
