package io.github.hybridinference.examples.service;

import io.github.hybridinference.lab.command.CommandException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a file of environment variables as Docker Compose and python-dotenv do: {@code NAME=value} with or without
 * {@code export}, comments on lines of their own or after a blank, values in single quotes as they stand, in double quotes with
 * {@code \n}, {@code \"} and the like. The last of several lines for a name holds. Nothing is inserted for {@code $NAME}.
 */
final class EnvFile {
    private static final String NAME = ".env";
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*(?:"
                    + "'(?<single>[^']*)'\\s*(?:#.*)?"
                    + "|\"(?<double>(?:[^\"\\\\]|\\\\.)*)\"\\s*(?:#.*)?"
                    + "|(?<plain>(?!['\"]).*)"
                    + ")");
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*$");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private EnvFile() {}

    /**
     * Reads the file, if there is one.
     *
     * @param directory where it is
     * @return its variables
     * @throws CommandException if it cannot be read; the message names the line and repeats nothing of it
     */
    static Map<String, String> read(Path directory) throws CommandException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            throw new CommandException(NAME + " is not UTF-8");
        } catch (IOException unreadable) {
            throw new CommandException(NAME + " cannot be read: check its rights, and that it is a file");
        }
    }

    static Map<String, String> parse(String text) throws CommandException {
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\r|\n", -1)) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new CommandException(
                        NAME + " line " + number + " is not NAME=value, or has a quote that does not end");
            }
            values.put(matcher.group("name"), value(matcher));
        }
        return values;
    }

    private static String value(Matcher line) {
        if (line.group("single") != null) {
            return line.group("single");
        }
        if (line.group("double") != null) {
            return ESCAPE.matcher(line.group("double"))
                    .replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape.group(1))));
        }
        return COMMENT.matcher(line.group("plain")).replaceFirst("").strip();
    }

    private static String unescaped(String letter) {
        return switch (letter) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            default -> letter;
        };
    }
}
