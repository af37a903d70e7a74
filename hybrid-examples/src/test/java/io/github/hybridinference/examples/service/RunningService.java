package io.github.hybridinference.examples.service;

import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.testkit.standin.StandIn;
import java.util.HashMap;
import java.util.Map;

/** A service on a free port in this process, before a stand-in of the model or without a model. */
final class RunningService implements AutoCloseable {
    final StandIn standIn;
    final HttpService service;
    final Client client;

    private RunningService(StandIn standIn, HttpService service) {
        this.standIn = standIn;
        this.service = service;
        this.client = new Client(service.port());
    }

    static RunningService rulesOnly(String... variables) throws CommandException {
        return start(null, variables);
    }

    /** Takes the stand-in over. */
    static RunningService before(StandIn standIn, String... variables) throws CommandException {
        return start(standIn, variables);
    }

    private static RunningService start(StandIn standIn, String... variables) throws CommandException {
        Map<String, String> environment = new HashMap<>(Map.of("PORT", "0", "INFERENCE_TIMEOUT_MS", "20000"));
        if (standIn != null) {
            environment.put("DEEPSEEK_API_KEY", "test-key-0123456789");
            environment.put("DEEPSEEK_BASE_URL", standIn.baseUrl().toString());
        }
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return new RunningService(standIn, HttpService.start(ServiceSettings.of(environment)));
    }

    @Override
    public void close() {
        service.close();
        if (standIn != null) {
            standIn.close();
        }
    }
}
