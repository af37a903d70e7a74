package io.github.hybridinference.eval.journal;

import io.github.hybridinference.model.FileFaults;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream into numbered files of a folder, none of which grows beyond a size by more than one write. It never appends
 * to an existing file, whose last line may be torn.
 */
final class RollingFiles extends OutputStream {
    private static final Pattern NAME = Pattern.compile("journal-([0-9]{6,9})\\.jsonl");

    private final Path folder;
    private final long rollAtBytes;
    private int number;
    private long size;
    private @Nullable OutputStream current;

    RollingFiles(Path folder, long rollAtBytes) throws IOException {
        this.folder = folder;
        this.rollAtBytes = rollAtBytes;
        try {
            Files.createDirectories(folder);
        } catch (IOException namesThePath) {
            throw FileFaults.withoutPath("the folder of the journal cannot be made", namesThePath);
        }
        List<Path> before = in(folder);
        number = before.isEmpty() ? 0 : numberOf(before.get(before.size() - 1));
        open(); // so that a folder that cannot be written to is noticed at once
    }

    /** The files of a journal, in the order in which they were written. */
    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparingInt(RollingFiles::numberOf))
                    .toList();
        } catch (IOException namesThePath) {
            throw FileFaults.withoutPath("the folder of the journal cannot be read", namesThePath);
        }
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (size >= rollAtBytes) {
            close();
        }
        OutputStream target = current == null ? open() : current;
        target.write(bytes, offset, length);
        size += length;
    }

    @Override
    public void flush() throws IOException {
        if (current != null) {
            current.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            OutputStream done = current;
            current = null;
            done.close();
        }
    }

    private OutputStream open() throws IOException {
        number++;
        Path file = folder.resolve(String.format(Locale.ROOT, "journal-%06d.jsonl", number));
        try {
            OutputStream opened = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
            size = 0;
            current = opened;
            return opened;
        } catch (IOException namesThePath) {
            throw FileFaults.withoutPath("a file of the journal cannot be opened", namesThePath);
        }
    }

    private static int numberOf(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring("journal-".length(), name.length() - ".jsonl".length()));
    }
}
