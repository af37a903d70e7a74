package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.testkit.standin.Behaviour;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page in Debian's chromium; its pictures are kept under target/screenshots. */
@Tag("browser")
class DashboardBrowserTest {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private RunningService running;
    private ChromeDriver browser;

    @BeforeEach
    void start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars");
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", console);
        ChromeDriverService driver = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        browser = new ChromeDriver(driver, options);
    }

    @AfterEach
    void stop() {
        browser.quit();
        if (running != null) {
            running.close();
        }
    }

    @Test
    void showsFiguresThatChangeWithRequestsOnEveryScreen() throws Exception {
        open(StandIn.builder());
        await().atMost(PATIENCE).until(() -> text("status").equals("healthy"));
        assertThat(text("total")).isEqualTo("0");

        for (int i = 0; i < 30; i++) {
            running.client.infer(Bodies.plain());
            running.client.infer(Bodies.hard(1 + i % 6));
        }

        await().atMost(PATIENCE).until(() -> text("total").equals("60"));
        assertThat(text("legend")).contains("local 30", "cache 24", "remote 6");
        assertThat(text("health")).contains("Redis", "Model", "Rules", "healthy");
        assertThat(text("budget")).contains("of $0.01");
        assertThat(browser.findElements(By.cssSelector("#decisions tbody tr"))).hasSize(50);
        assertThat(browser.findElements(By.cssSelector("#chart rect"))).isNotEmpty();
        picture("desktop-light", 1280, 1400, "light");
        picture("desktop-dark", 1280, 1400, "dark");
        picture("phone-light", 390, 1600, "light");
        picture("phone-dark", 390, 1600, "dark");
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void tellsWhatAilsAPartAndWhatItLedTo() throws Exception {
        open(StandIn.builder()
                .script(call -> call.number() < 7 ? Behaviour.answer() : Behaviour.status(402, Map.of(), "{}")));

        for (int i = 0; i < 40; i++) {
            running.client.infer(Bodies.plain());
            running.client.infer(Bodies.hard(1 + i % 9));
        }

        await().atMost(PATIENCE).until(() -> text("status").equals("degraded"));
        await().atMost(PATIENCE).until(() -> text("total").equals("80"));
        assertThat(text("health")).contains("Model unhealthy", "since", "next try");
        assertThat(text("causes")).contains("unpaid", "breaker open");
        picture("desktop-degraded", 1280, 1400, "light");
    }

    @Test
    void listsWhyRequestsFailAndWhatToDo() throws Exception {
        open(StandIn.builder().script(call -> switch ((int) (call.number() % 4)) {
            case 0 -> Behaviour.status(503, Map.of(), "{}");
            case 1 -> Behaviour.status(404, Map.of(), "{}");
            case 2 -> Behaviour.status(302, Map.of("Location", "https://api.example.org/v1"), "");
            default -> Behaviour.answer();
        }));
        assertThat(browser.findElement(By.id("mend")).isDisplayed()).isFalse();

        for (int i = 0; i < 9; i++) {
            running.client.infer(Bodies.hard(1 + i % 9));
        }

        await().atMost(PATIENCE).until(() -> text("failures").contains("redirect"));
        assertThat(text("failures")).contains("not found", "is /v1 missing in the base URL?");
        picture("desktop-failures", 1280, 1400, "light");
        picture("phone-failures", 390, 2000, "dark");
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void showsAReplyOfTheModelAsTextAndNothingElse() throws Exception {
        open(StandIn.builder());
        running.client.infer(Bodies.plain());
        await().atMost(PATIENCE).until(() -> text("total").equals("1"));

        browser.executeScript(
                "const d = structuredClone(last); d.decisions[0].answer.reasoning = d.decisions[0].answer.commentary = '<img src=x onerror=\"window.hit=1\">';"
                        + "clearTimeout(timer); draw(d);");

        assertThat(text("decisions")).contains("<img src=x", "the model’s words: “<img");
        assertThat(browser.findElements(By.cssSelector("#decisions img"))).isEmpty();
    }

    private void open(StandIn.Builder standIn) throws CommandException {
        running = RunningService.before(standIn.start(), "DAILY_BUDGET_USD", "0.01");
        browser.get("http://127.0.0.1:" + running.service.port() + "/");
    }

    private String text(String id) {
        return browser.findElement(By.id(id)).getText().replaceAll("\\s+", " ");
    }

    private void picture(String name, int width, int height, String scheme) throws IOException {
        Map<String, Object> device =
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500);
        browser.executeCdpCommand("Emulation.setDeviceMetricsOverride", device);
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.executeScript("dispatchEvent(new Event('resize'))");
        Number overflow = (Number) browser.executeScript("return document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow.intValue()).as("no sideways scrolling at %d", width).isLessThanOrEqualTo(0);
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
}
