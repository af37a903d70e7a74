package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.lab.command.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "A=1|1",
                "export A=1|1",
                "  export   A = 1  |1",
                "A=|``",
                "A=x y|x y",
                "A='x y'|x y",
                "A=\"x y\"|x y",
                "A=1 # a comment|1",
                "A=# a comment|``",
                "A=a#b|a#b",
                "A='a # b' # a comment|a # b",
                "A=\"a # b\"# a comment|a # b",
                "A='a\\nb\"'|a\\nb\"",
                "A=\"a\\\"b\\\\c\"|a\"b\\c",
                "A=it's|it's",
                "A=a=b|a=b",
                "A=$B${C}|$B${C}",
            })
    void readsAValueAsTheUsualToolsDo(String line, String value) throws CommandException {
        assertThat(EnvFile.parse(line)).isEqualTo(Map.of("A", value));
        assertThat(EnvFile.parse("# first\n\n" + line + "\r\nB=2\r\n")).isEqualTo(Map.of("A", value, "B", "2"));
    }

    @Test
    void takesByteOrderMarksLineEndsAndTheLastOfSeveralLines() throws CommandException {
        assertThat(EnvFile.parse("\uFEFFA=0\r\nA=1\rB=\"x\\ny\"\n")).isEqualTo(Map.of("A", "1", "B", "x\ny"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3cr3t", "=s3cr3t", "s3-cr3t=1", "1s3cr3t=1", "A='s3cr3t", "A=\"s3cr3t", "A='s3' cr3t", "export"
            })
    void namesTheLineThatIsNoneAndRepeatsNothing(String line) {
        assertThatThrownBy(() -> EnvFile.parse("A=1\n" + line))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith(".env line 2 is not NAME=value")
                .message()
                .doesNotContain("s3cr3t");
    }

    @Test
    void readsEscapesInDoubleQuotesAndDropsBlanksAroundPlainValues() throws CommandException {
        assertThat(EnvFile.parse("A=\"a\\tb\\rc\\nd\\qe\"\nB= \t x y \t \nC=\t# a comment"))
                .isEqualTo(Map.of("A", "a\tb\rc\ndqe", "B", "x y", "C", ""));
    }

    @Test
    void refusesAFileThatCannotBeRead() throws IOException {
        Files.createDirectory(directory.resolve(".env"));

        assertThatThrownBy(() -> EnvFile.read(directory)).hasMessageStartingWith(".env cannot be read");
    }

    @Test
    void refusesWhatIsNotText() throws IOException {
        Files.write(directory.resolve(".env"), "A=\u00fc".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> EnvFile.read(directory)).hasMessage(".env is not UTF-8");
    }

    @Test
    void needsNoFile() throws CommandException {
        assertThat(EnvFile.read(directory)).isEmpty();
    }
}
