package io.github.hybridinference.eval.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A system message to be tested.
 *
 * @param name its name in reports; not blank
 * @param text the message; not blank
 * @since 0.1.0
 */
public record PromptVariant(String name, String text) {
    private static final String ENDING = ".txt";

    /**
     * Checks that neither is blank.
     *
     * @param name its name in reports
     * @param text the message
     */
    public PromptVariant {
        if (name.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("the name and the text of a prompt must not be blank");
        }
    }

    /**
     * Reads the files of a folder that end in {@code .txt}, each a variant named after the file without that ending.
     *
     * @param folder the folder
     * @return by name
     * @throws IOException if one cannot be read
     * @throws IllegalArgumentException if one is blank
     */
    public static List<PromptVariant> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
        List<PromptVariant> variants = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            variants.add(new PromptVariant(name.substring(0, name.length() - ENDING.length()), Files.readString(file)));
        }
        return List.copyOf(variants);
    }

    /** The name. */
    @Override
    public String toString() {
        return "PromptVariant[" + name + "]";
    }
}
