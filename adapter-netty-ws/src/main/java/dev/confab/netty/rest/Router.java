package dev.confab.netty.rest;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the route of a path. Where two templates fit, the one that came first wins. Immutable; safe on any thread. */
final class Router {

    private final List<Path> paths;
    private final List<Route> routes;

    Router(Collection<Route> routes) {
        Map<String, Path> byTemplate = new LinkedHashMap<>();
        for (Route route : routes) {
            Path path = byTemplate.computeIfAbsent(
                    route.template(), template -> new Path(route.segments(), new LinkedHashMap<>()));
            if (path.methods().put(route.method(), route) != null) {
                throw new IllegalArgumentException("Twice: " + route.method() + " " + route.template());
            }
        }
        this.paths = List.copyOf(byTemplate.values());
        this.routes = List.copyOf(routes);
    }

    /** What is known of a path. */
    sealed interface Match {}

    /** A route, and what stands for the names in its template. */
    record Found(Route route, Map<String, String> parameters) implements Match {}

    /** The path is there, the method is not. */
    record WrongMethod(Set<String> allowed) implements Match {}

    /** Nothing is there. */
    record Nothing() implements Match {}

    /** All routes. */
    List<Route> routes() {
        return routes;
    }

    /**
     * Looks a path up. HEAD is found where GET is (RFC 9110 section 9.3.2).
     *
     * @param path as it was sent, still encoded
     */
    Match find(HttpMethod method, String path) {
        String[] segments = path.split("/", -1);
        for (Path candidate : paths) {
            Map<String, String> parameters = candidate.match(segments);
            if (parameters != null) {
                Route route = candidate.route(method);
                return route == null ? new WrongMethod(candidate.allowed()) : new Found(route, parameters);
            }
        }
        return new Nothing();
    }

    private record Path(List<String> segments, Map<HttpMethod, Route> methods) {

        @Nullable
        Route route(HttpMethod method) {
            return methods.get(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method);
        }

        Set<String> allowed() {
            Set<String> allowed = new LinkedHashSet<>();
            for (HttpMethod method : methods.keySet()) {
                allowed.add(method.name());
                if (method.equals(HttpMethod.GET)) {
                    allowed.add("HEAD");
                }
            }
            allowed.add("OPTIONS");
            return allowed;
        }

        @Nullable
        Map<String, String> match(String[] path) {
            if (path.length != segments.size()) {
                return null;
            }
            Map<String, String> parameters = Map.of();
            for (int i = 0; i < path.length; i++) {
                String segment = segments.get(i);
                if (segment.startsWith("{")) {
                    Optional<String> value = decoded(path[i]);
                    if (value.isEmpty()) {
                        return null;
                    }
                    parameters = parameters.isEmpty() ? new HashMap<>(4) : parameters;
                    parameters.put(segment.substring(1, segment.length() - 1), value.get());
                } else if (!segment.equals(path[i])) {
                    return null;
                }
            }
            return parameters;
        }

        private static Optional<String> decoded(String segment) {
            if (segment.indexOf('%') < 0) {
                return Optional.of(segment);
            }
            try {
                // A plus is a plus in a path.
                String plus = segment.replace("+", "%2B");
                return Optional.of(QueryStringDecoder.decodeComponent(plus, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /** Every method that some route has. */
    Set<String> methods() {
        List<String> names = new ArrayList<>();
        for (Path path : paths) {
            names.addAll(path.allowed());
        }
        return new LinkedHashSet<>(names);
    }
}
