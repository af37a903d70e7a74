package io.github.hybridinference.testkit.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The service's short responses: errors, the list of models, the balance. */
final class JsonResponses {

    private JsonResponses() {}

    static String error(String type, String message) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", type);
        return root.toString();
    }

    static String models() {
        ObjectNode root = Json.MAPPER.createObjectNode().put("object", "list");
        var models = root.putArray("data");
        for (String id : new String[] {"deepseek-flash", "deepseek-v4-pro"}) {
            models.addObject().put("id", id).put("object", "model").put("owned_by", "stand-in (simulated model)");
        }
        return root.toString();
    }

    static String balance() {
        ObjectNode root = Json.MAPPER.createObjectNode().put("is_available", true);
        root.putArray("balance_infos")
                .addObject()
                .put("currency", "USD")
                .put("total_balance", "100.00")
                .put("granted_balance", "0.00")
                .put("topped_up_balance", "100.00");
        return root.put("note", "simulated balance").toString();
    }

    static String stats(StandInStats stats) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("requests", stats.requests());
        root.put("answered", stats.answered());
        root.put("cut", stats.cut());
        root.put("aborted", stats.aborted());
        root.put("in_flight", stats.inFlight());
        root.put("connections", stats.connections());
        root.put("open_connections", stats.openConnections());
        ProcessHandle.current().info().totalCpuDuration().ifPresent(cpu -> root.put("cpu_ms", cpu.toMillis()));
        return root.toString();
    }
}
