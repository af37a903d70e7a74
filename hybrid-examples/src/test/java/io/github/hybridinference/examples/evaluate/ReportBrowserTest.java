package io.github.hybridinference.examples.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The report in Debian's chromium; its pictures are kept under target/screenshots. */
@Tag("browser")
class ReportBrowserTest {
    private static final Path PICTURES = Path.of("target", "screenshots");

    /** Counts, for each chart, the pixels that are not bare. */
    private static final String INK = """
            return [...document.querySelectorAll('.chart canvas')].map(canvas => {
              const all = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              let ink = 0;
              for (let i = 3; i < all.length; i += 4) if (all[i]) ink++;
              return ink;
            });""";

    @TempDir
    private Path folder;

    private ChromeDriver browser;

    @BeforeEach
    void start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService driver = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        browser = new ChromeDriver(driver, options);
    }

    @AfterEach
    void stop() {
        browser.quit();
    }

    @Test
    void drawsEveryChartWithoutAnErrorAndLoadsNothing() throws IOException {
        EvaluateRun run = EvaluateRun.of("--sample", "60", "--target-share", "0.3", "--out", folder.toString());
        assertThat(run.code()).isZero();
        browser.get(folder.resolve("report.html").toUri().toString());

        assertThat(browser.findElement(By.id("badge")).isDisplayed()).isTrue();
        assertThat(browser.findElements(By.cssSelector("#sources tr"))).hasSize(4);
        assertThat(browser.findElements(By.cssSelector("#comparison tr"))).hasSize(5);
        assertThat(browser.findElement(By.id("parts")).getText()).contains("By year", "By volatility before the bar");
        assertThat(browser.findElement(By.id("verdict-snippet")).getText()).contains("InferenceEngine.builder()");
        picture("report-light", 1280, "light", 7);
        picture("report-dark", 1280, "dark", 7);
        picture("report-phone", 390, "light", 7);

        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        assertThat(browser.manage().logs().get(LogType.PERFORMANCE).getAll())
                .filteredOn(entry -> entry.getMessage().contains("\"Network.requestWillBeSent\""))
                .allSatisfy(entry -> assertThat(entry.getMessage()).containsPattern("\"url\":\"(file|data):"));
    }

    @Test
    void showsTheFiguresWithAndWithoutSuspectBarsWhereTheyDiffer() throws IOException {
        StringBuilder rows = new StringBuilder("time,open,high,low,close,volume\n");
        List<Bar> bars = SyntheticSeries.hourly(9, 200).bars();
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double close = i == 120 ? 0.06 : bar.close();
            rows.append(String.format(
                    Locale.ROOT,
                    "%s,%.2f,%.2f,%.2f,%.2f,%.0f%n",
                    bar.start(),
                    bar.open(),
                    bar.high(),
                    Math.min(bar.low(), close),
                    close,
                    bar.volume()));
        }
        Path file = Files.writeString(folder.resolve("bars.csv"), rows);

        browser.get(report("tick", "--rules-only", "--bars", file.toString()));
        assertThat(browser.findElement(By.id("suspects-card")).isDisplayed()).isTrue();
        assertThat(browser.findElement(By.id("suspects-table")).getText())
                .contains("Source Sharpe without", "buy and hold");
        assertThat(browser.findElements(By.cssSelector("#suspects li"))).hasSize(1);

        browser.get(report("clean", "--rules-only", "--sample", "60"));
        assertThat(browser.findElement(By.id("suspects-card")).isDisplayed()).isFalse();
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void showsSeveralSeriesWithTheirTotals() throws IOException {
        Path bars = Files.createDirectory(folder.resolve("bars"));
        for (String name : List.of("one", "two", "other")) {
            Files.write(
                    bars.resolve(name + ".csv"),
                    SyntheticSeries.hourly(name.hashCode(), 400).csv());
        }
        Files.writeString(bars.resolve("bad.csv"), "this,is\nno,series\n");
        Path out = folder.resolve("several");
        assertThat(EvaluateRun.of("--bars", bars.toString(), "--out", out.toString())
                        .code())
                .isEqualTo(1);

        browser.get(out.resolve("report.html").toUri().toString());

        assertThat(browser.findElement(By.id("badge")).isDisplayed()).isTrue();
        assertThat(browser.findElement(By.id("about")).getText()).contains("1,200 bars of 3 series");
        assertThat(browser.findElement(By.id("failed")).getText()).contains("bad.csv: ");
        assertThat(browser.findElement(By.id("verdict")).getText()).isNotEmpty();
        assertThat(browser.findElements(By.cssSelector("#sources tr"))).hasSizeGreaterThan(2);
        assertThat(browser.findElements(By.cssSelector("#portfolios tr"))).hasSize(4);
        assertThat(browser.findElements(By.cssSelector("#series tr"))).hasSize(4);
        browser.findElement(By.id("filter")).sendKeys("o");
        browser.findElement(By.id("filter")).sendKeys("ne");
        assertThat(browser.findElement(By.id("shown")).getText()).isEqualTo("1 of 3");
        picture("several-light", 1280, "light", 1);
        picture("several-phone", 390, "dark", 1);
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void showsTheChecksOfIndicators() throws IOException {
        browser.get(report("checks", "--owner-checks"));

        assertThat(browser.findElement(By.id("verdict")).getText()).contains("No figure knows later bars");
        assertThat(browser.findElements(By.cssSelector("#checks tr"))).hasSizeGreaterThan(10);
        picture("checks-light", 1280, "light", 0);
        picture("checks-phone", 390, "dark", 0);
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    private String report(String name, String... options) {
        Path out = folder.resolve(name);
        EvaluateRun run = EvaluateRun.of(Stream.concat(Stream.of(options), Stream.of("--out", out.toString()))
                .toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return out.resolve("report.html").toUri().toString();
    }

    private void picture(String name, int width, String scheme, int charts) throws IOException {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 3_400, "deviceScaleFactor", 1, "mobile", width < 500));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.executeScript("dispatchEvent(new Event('resize'))");
        // what is drawn is drawn by the next frame
        browser.executeAsyncScript("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
        List<?> ink = (List<?>) browser.executeScript(INK);
        assertThat(ink)
                .hasSize(charts)
                .allSatisfy(pixels -> assertThat(((Number) pixels).longValue()).isGreaterThan(500));
        Number overflow = (Number) browser.executeScript("return document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow.intValue()).as("no sideways scrolling at %d", width).isLessThanOrEqualTo(0);
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
}
