package io.github.hybridinference.examples.evaluate;

import io.github.hybridinference.eval.OwnerChecks;
import io.github.hybridinference.eval.OwnerFindings;
import io.github.hybridinference.eval.SeriesSnapshots;
import io.github.hybridinference.eval.SnapshotSource;
import io.github.hybridinference.eval.report.OwnerReport;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.lab.command.CommandException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Checks the owner's indicators for look-ahead and measures their warm-up. */
final class OwnerChecksRun {
    private OwnerChecksRun() {}

    /**
     * Checks a class.
     *
     * @param name the class, or an empty text for the indicators of hybrid-ta4j
     * @param classPath where to find it besides the class path of this process
     */
    static void print(PrintWriter out, Series series, String name, String classPath, Path folder)
            throws CommandException {
        String title = name.isEmpty() ? "the indicators of hybrid-ta4j" : name;
        OwnerFindings findings;
        try (URLClassLoader loader = loader(classPath)) {
            findings = checks(series, name, loader).run();
        } catch (IOException e) {
            throw new CommandException("The class path cannot be read: " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new CommandException(title + " cannot be checked on these bars: " + e.getMessage() + ".");
        } catch (RuntimeException e) { // whatever the owner's code throws
            throw new CommandException(title + " failed on these bars: " + e + " at " + place(e) + ".");
        }
        OwnerReport report = new OwnerReport("Checks of " + title + " on " + series.label(), findings);
        try {
            report.write(folder);
        } catch (IOException e) {
            throw new CommandException("The report cannot be written: " + e.getMessage() + ".");
        }
        print(out, title, findings);
        out.println("Report: " + folder.resolve("report.html"));
        out.println("RESULT " + report.line());
        out.flush();
    }

    private static String place(RuntimeException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }

    private static void print(PrintWriter out, String title, OwnerFindings findings) {
        out.println("Checks of " + title + " on " + findings.bars() + " bars: cut at " + findings.cuts()
                + ", begun anew at " + findings.starts());
        out.println();
        line(out, "figure", "knows later bars", "first at", "warm-up, bars");
        for (OwnerFindings.Figure figure : findings.figures()) {
            String ahead = !figure.repeatable()
                    ? "differs when repeated"
                    : figure.looksAhead() ? "at " + figure.lookAhead() + " of " + findings.cuts() + " cuts" : "no";
            line(
                    out,
                    figure.name(),
                    ahead,
                    figure.firstLookAheadTime().map(Object::toString).orElse(""),
                    (figure.warmUpBars().isPresent() ? figure.warmUpBars().getAsInt() : "does not settle")
                            + (figure.isSlow() ? " !" : ""));
        }
        out.println();
        out.println(
                findings.lookingAhead() == 0
                        ? "No figure knows later bars, as far as these cuts show."
                        : "Figures that know later bars: " + findings.lookingAhead()
                                + ". A back-test with them shows what no live service can reach.");
        if (findings.slow() > 0) {
            out.println(
                    "Figures marked ! need more than the 100 bars after which the engine trusts a snapshot: give a live"
                            + " service a longer past before it decides.");
        }
        out.println();
    }

    private static void line(PrintWriter out, Object... cells) {
        out.printf(Locale.ROOT, "  %-26s %-24s %-22s %s%n", cells);
    }

    private static OwnerChecks checks(Series series, String name, ClassLoader loader) throws CommandException {
        if (name.isEmpty()) {
            return OwnerChecks.of(series.bars(), () -> new IndicatorSnapshots(series));
        }
        Object made = made(name, loader);
        if (made instanceof SeriesSnapshots whole) {
            return OwnerChecks.of(series.bars(), whole);
        }
        if (made instanceof SnapshotSource) {
            return OwnerChecks.of(series.bars(), () -> {
                try {
                    return (SnapshotSource) made(name, loader);
                } catch (CommandException e) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
            });
        }
        throw new CommandException("The class " + name + " implements neither " + SeriesSnapshots.class.getName()
                + " nor " + SnapshotSource.class.getName() + ".");
    }

    private static Object made(String name, ClassLoader loader) throws CommandException {
        try {
            Constructor<?> plain = Class.forName(name, true, loader).getDeclaredConstructor();
            return plain.newInstance();
        } catch (ClassNotFoundException | LinkageError e) {
            throw new CommandException("The class " + name + " cannot be loaded: say with --class-path where it and the"
                    + " libraries it uses are.");
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new CommandException(
                    "The class " + name + " must be public, with a public constructor without parameters.");
        } catch (InvocationTargetException e) {
            throw new CommandException("The constructor of " + name + " failed: " + e.getCause() + ".");
        }
    }

    private static URLClassLoader loader(String classPath) throws MalformedURLException {
        List<URL> parts = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator, -1)) {
            if (!part.isBlank()) {
                parts.add(Path.of(part).toUri().toURL());
            }
        }
        return new URLClassLoader(parts.toArray(new URL[0]), OwnerChecksRun.class.getClassLoader());
    }
}
