package io.github.hybridinference.examples.service;

import java.util.List;
import java.util.Optional;

/**
 * One path of the service.
 *
 * @param method GET, which holds for HEAD too, or POST
 * @param path the path; one that ends in {@code {}} takes one more segment, which is not empty
 * @param bodyBytes the largest body, 0 for none
 * @param isOpen whether it needs no token
 * @param action what answers
 */
record Route(String method, String path, int bodyBytes, boolean isOpen, Action action) {
    private static final String PARAMETER = "{}";

    /** Answers, now or later. */
    interface Action {
        /**
         * Answers a request.
         *
         * @param body its body, empty where the route takes none
         */
        void handle(Exchange exchange, byte[] body) throws BadRequest;
    }

    static Route get(String path, Reader action) {
        return new Route("GET", path, 0, false, (exchange, body) -> action.handle(exchange));
    }

    static Route open(String path, Reader action) {
        return new Route("GET", path, 0, true, (exchange, body) -> action.handle(exchange));
    }

    static Route post(String path, int bodyBytes, Action action) {
        return new Route("POST", path, bodyBytes, false, action);
    }

    /** Answers a request without a body. */
    interface Reader {
        void handle(Exchange exchange);
    }

    String name() {
        return method + " " + path;
    }

    private boolean isAt(String asked) {
        if (!path.endsWith(PARAMETER)) {
            return asked.equals(path);
        }
        String prefix = path.substring(0, path.length() - PARAMETER.length());
        return asked.startsWith(prefix) && asked.length() > prefix.length() && asked.indexOf('/', prefix.length()) < 0;
    }

    private boolean takes(String asked) {
        return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
    }

    /** The route of a request; a path that no route has and a method that the path does not know are refused. */
    static Route find(List<Route> routes, String method, String path) throws BadRequest {
        List<Route> here = routes.stream().filter(route -> route.isAt(path)).toList();
        if (here.isEmpty()) {
            throw new BadRequest(404, "not_found", "there is no such path");
        }
        // a path that is written out goes before one with a parameter
        Optional<Route> found =
                here.stream().filter(route -> route.takes(method)).findFirst();
        return found.orElseThrow(() -> new BadRequest(405, "method_not_allowed", "the path does not know this method"));
    }
}
