package io.github.hybridinference.examples.spring;

import org.springframework.boot.CommandLineRunner;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says where to look once the application answers. */
@Component
class PrintedAddress implements CommandLineRunner {
    private final Environment environment;

    PrintedAddress(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run(String... args) {
        String url = "http://localhost:" + environment.getProperty("local.server.port");
        System.out.println("An answer:  " + url + "/signal?symbol=BTC-USDT&rsi=50&volatility=2");
        System.out.println("Statistics: " + url + "/actuator/hybrid");
        System.out.println("Health:     " + url + "/actuator/health");
    }
}
