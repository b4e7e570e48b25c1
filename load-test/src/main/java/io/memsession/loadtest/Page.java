package io.memsession.loadtest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The report: one page that needs no other file, with what every host did under its load. */
final class Page {
    /** A plot has at most so many points. */
    private static final int POINTS = 400;

    private static final String TEMPLATE = template();

    private final Path folder;
    private final String title;
    private final List<Result> results;

    /** A page to lie in that folder. */
    Page(Path folder, String title, List<Result> results) {
        this.folder = folder;
        this.title = title;
        this.results = results;
    }

    String html() {
        StringBuilder sections = new StringBuilder();
        results.forEach(result -> sections.append(section(result)));
        return TEMPLATE.replace("{title}", escape(title)).replace("{sections}", sections);
    }

    private String section(Result result) {
        Timeline.Second whole = result.whole();
        StringBuilder html =
                new StringBuilder("<section>\n<h2>" + escape(result.host().toString()) + "</h2>\n");
        html.append("<p class=\"").append(result.holds() ? "good" : "bad").append("\">");
        html.append(result.holds() ? "Every user saw what he must see." : "Some users saw what they must not see.");
        html.append("</p>\n<dl>\n");
        figure(html, "users", String.format(Locale.ROOT, "%,d", result.users()));
        figure(
                html,
                "requests",
                String.format(Locale.ROOT, "%,d", whole.latencies().total()));
        figure(html, "requests a second", String.format(Locale.ROOT, "%,.0f", result.throughput()));
        figure(html, "p50", millis(whole.latencies().percentile(0.5)));
        figure(html, "p99", millis(whole.latencies().percentile(0.99)));
        figure(html, "longest", millis(whole.latencies().longest()));
        figure(html, "store commands a request", String.format(Locale.ROOT, "%.2f", result.commandsPerRequest()));
        figure(html, "cut off by a kill", String.valueOf(whole.count(Outcome.CUT_OFF)));
        html.append("</dl>\n");
        Summary.stalls(result).ifPresent(line -> html.append("<p class=\"bad\">" + escape(line) + "</p>\n"));
        html.append(wrong(result)).append(plots(result));
        html.append("<p><a href=\"")
                .append(escape(folder.relativize(result.gatling()).toString()));
        return html.append("\">Gatling's own report</a></p>\n</section>\n").toString();
    }

    private static void figure(StringBuilder html, String name, String value) {
        html.append("<div><dt>").append(name).append("</dt><dd>").append(value).append("</dd></div>\n");
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%,.0f ms", millis);
    }

    private static String wrong(Result result) {
        StringBuilder html = new StringBuilder();
        for (Map.Entry<Wrong.Kind, Integer> each : result.findings().counts().entrySet()) {
            item(html, each.getValue() + " " + each.getKey());
        }
        result.problems().forEach(problem -> item(html, problem));
        result.findings().first().forEach(line -> item(html, line));
        return html.isEmpty() ? "" : "<ul class=\"bad\">\n" + html + "</ul>\n";
    }

    private static void item(StringBuilder html, String text) {
        html.append("<li>").append(escape(text)).append("</li>\n");
    }

    private static String plots(Result result) {
        Timeline timeline = result.timeline();
        int each = Math.max(1, (timeline.length() + POINTS - 1) / POINTS);
        List<Timeline.Second> points = IntStream.iterate(0, from -> from < timeline.length(), from -> from + each)
                .mapToObj(from -> timeline.between(from, (long) from + each))
                .toList();
        double[] requests = figures(points, point -> (double) point.latencies().total() / each);
        double[] failed =
                figures(points, point -> (double) (point.latencies().total() - point.count(Outcome.RIGHT)) / each);
        double[] p50 = figures(points, point -> percentile(point, 0.5));
        double[] p99 = figures(points, point -> percentile(point, 0.99));
        double[] longest = figures(points, point -> percentile(point, 1));
        double[] commands = figures(
                points,
                point -> point.latencies().total() == 0
                        ? Double.NaN
                        : (double) point.commands() / point.latencies().total());
        List<Timeline.Mark> marks = timeline.marks();
        int seconds = timeline.length();
        return plot(
                        "Requests a second",
                        "<i class=a></i>all",
                        Plot.linear(seconds, marks, highest(requests)).line("a", requests, each))
                + plot(
                        "Milliseconds until the answer",
                        "<i class=a></i>p50 <i class=b></i>p99 <i class=c></i>longest",
                        Plot.logarithmic(seconds, marks, highest(longest))
                                .line("c", longest, each)
                                .line("b", p99, each)
                                .line("a", p50, each))
                + plot(
                        "Requests a second that failed, were wrong, or were cut off by a kill",
                        "<i class=c></i>all three",
                        Plot.linear(seconds, marks, highest(failed)).line("c", failed, each))
                + plot(
                        "Store commands a request",
                        "<i class=a></i>both nodes",
                        Plot.linear(seconds, marks, highest(commands)).line("a", commands, each));
    }

    private static double percentile(Timeline.Second second, double part) {
        return second.latencies().total() == 0 ? Double.NaN : second.latencies().percentile(part);
    }

    private static double[] figures(List<Timeline.Second> points, ToDoubleFunction<Timeline.Second> figure) {
        return points.stream().mapToDouble(figure).toArray();
    }

    private static double highest(double[] figures) {
        double highest = 1;
        for (double figure : figures) {
            highest = Double.isNaN(figure) ? highest : Math.max(highest, figure);
        }
        return highest;
    }

    private static String plot(String title, String legend, Plot plot) {
        return "<figure><figcaption>" + title + " <span>" + legend + "</span></figcaption>\n" + plot.svg(title)
                + "</figure>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String template() {
        try (InputStream page = Page.class.getResourceAsStream("report.html")) {
            if (page == null) {
                throw new IllegalStateException("report.html is missing beside " + Page.class.getName());
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
