package dev.neap.change.yaml;

import dev.neap.change.Change;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads change files. Whatever is wrong with one is found here as far as the file alone tells, all of it in one go. */
public final class ChangeReader {

    /** The largest change file, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    /**
     * @throws ChangeFileException if the file can't be read, or has mistakes
     */
    public ChangeFile read(Path file) {
        String source = file.toString();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw refused(source, 1, "There is no such file.", "Name a change file that exists.");
        } catch (IOException e) {
            throw refused(source, 1, "The file can't be read: %s.".formatted(e.getMessage()),
                    "Make it a readable file.");
        }
        return read(source, decode(source, bytes));
    }

    /**
     * @param source the text's name for messages: a path, or {@code (stored definition)}
     * @throws ChangeFileException if the text has mistakes
     */
    public ChangeFile read(String source, String text) {
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw tooLarge(source);
        }
        Reading reading = new Reading();
        Optional<Change> change = YamlDocument.root(text, reading).flatMap(ChangeForm.FORM::read);
        if (change.isEmpty() || !reading.problems().isEmpty()) {
            throw new ChangeFileException(source, reading.problems());
        }
        return new ChangeFile(source, text, change.get(), reading.lines());
    }

    /** Which rules a file that was read says do not matter. */
    public List<Allowed> allowed(ChangeFile file) {
        List<LintForm.Waived> waived = YamlDocument.root(file.text(), new Reading())
                .stream()
                .flatMap(root -> root.entries().stream())
                .filter(entry -> entry.key().equals(ChangeForm.LINT.name()))
                .findFirst()
                .flatMap(entry -> LintForm.FORM.read(entry.value()))
                .orElse(List.of());
        return IntStream.range(0, waived.size())
                .mapToObj(i -> new Allowed(
                        file.line("lint.allow[%d]".formatted(i)), waived.get(i).rule(), waived.get(i).reason()))
                .toList();
    }

    private static String decode(String source, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw tooLarge(source);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            int line = 1 + (int) out.chars().filter(c -> c == '\n').count();
            throw refused(source, line, "The file is not UTF-8.", "Save it in that encoding.");
        }
        return out.toString();
    }

    private static ChangeFileException tooLarge(String source) {
        return refused(source, 1, "The file is larger than 1 MB.", "Write one change a file, and no data.");
    }

    private static ChangeFileException refused(String source, int line, String fact, String remedy) {
        Reading reading = new Reading();
        reading.refuse(line, "", fact, remedy);
        return new ChangeFileException(source, List.copyOf(reading.problems()));
    }
}
