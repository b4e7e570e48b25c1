package io.memsession.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** One picture of figures over time, as SVG, with what was killed behind them. */
final class Plot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 220;
    private static final int LEFT = 58;
    private static final int RIGHT = 12;
    private static final int TOP = 20;
    private static final int BOTTOM = 26;
    private static final int CHARACTER = 7;

    private final double seconds;
    private final List<Timeline.Mark> marks;
    private final List<Double> ticks;
    private final double top;
    private final DoubleUnaryOperator scale;
    private final StringBuilder lines = new StringBuilder();

    private Plot(double seconds, List<Timeline.Mark> marks, List<Double> ticks, DoubleUnaryOperator scale) {
        this.seconds = Math.max(1, seconds);
        this.marks = marks;
        this.ticks = ticks;
        this.top = ticks.get(ticks.size() - 1);
        this.scale = scale;
    }

    /** One whose figures begin at 0. */
    static Plot linear(double seconds, List<Timeline.Mark> marks, double highest) {
        double step = round(Math.max(highest, 1e-6) / 4);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i == 0 || ticks.get(i - 1) < highest; i++) {
            ticks.add(i * step);
        }
        double top = ticks.get(ticks.size() - 1);
        return new Plot(seconds, marks, ticks, value -> value / top);
    }

    /** One with a line for each power of ten, for figures that differ much. */
    static Plot logarithmic(double seconds, List<Timeline.Mark> marks, double highest) {
        List<Double> ticks = new ArrayList<>(List.of(1.0));
        while (ticks.get(ticks.size() - 1) < highest) {
            ticks.add(ticks.get(ticks.size() - 1) * 10);
        }
        double decades = Math.max(1, ticks.size() - 1);
        return new Plot(seconds, marks, ticks, value -> Math.log10(Math.max(1, value)) / decades);
    }

    /** Up to the next 1, 2 or 5 with noughts. */
    private static double round(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        double first = step / power;
        return power * (first <= 1 ? 1 : first <= 2 ? 2 : first <= 5 ? 5 : 10);
    }

    /** Draws figures, one for each so many seconds, as a line of that CSS class; not a number where there is none. */
    Plot line(String css, double[] figures, double secondsEach) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < figures.length; i++) {
            if (Double.isNaN(figures[i])) {
                pen = false;
                continue;
            }
            path.append(pen ? 'L' : 'M')
                    .append(number(x((i + 0.5) * secondsEach)))
                    .append(' ');
            path.append(number(y(figures[i])));
            pen = true;
        }
        lines.append("<path class=\"")
                .append(css)
                .append("\" d=\"")
                .append(path)
                .append("\"/>\n");
        return this;
    }

    String svg(String label) {
        StringBuilder svg = new StringBuilder(
                "<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\"" + " aria-label=\"" + label + "\">\n");
        int free = 0;
        for (Timeline.Mark mark : marks) {
            free = band(svg, mark, free);
        }
        for (double tick : ticks) {
            svg.append(rule(LEFT, y(tick), WIDTH - RIGHT, y(tick)));
            svg.append(text(LEFT - 6, y(tick) + 4, "end", told(tick)));
        }
        double step = round(seconds / 8);
        for (double second = 0; second <= seconds; second += step) {
            svg.append(text(x(second), HEIGHT - 8.0, "middle", told(second) + " s"));
        }
        return svg.append(lines).append("</svg>\n").toString();
    }

    /** Draws when something was dead, and when it was not yet repaired; labelled where there is room for it. */
    private int band(StringBuilder svg, Timeline.Mark mark, int free) {
        svg.append(area("dead", mark.died(), mark.up(), mark.what()));
        svg.append(area("repair", mark.up(), mark.repaired(), mark.what() + ", repair"));
        int at = (int) x(mark.died());
        if (at < free) {
            return free;
        }
        svg.append(text(at, TOP - 6.0, "start", mark.what()));
        return at + (mark.what().length() + 1) * CHARACTER;
    }

    private String area(String css, double from, double to, String title) {
        return "<rect class=\"" + css + "\" x=\"" + number(x(from)) + "\" y=\"" + TOP + "\" width=\""
                + number(Math.max(1, x(to) - x(from))) + "\" height=\"" + (HEIGHT - TOP - BOTTOM) + "\"><title>" + title
                + "</title></rect>\n";
    }

    private static String rule(double x1, double y1, double x2, double y2) {
        return "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) + "\" y2=\"" + number(y2)
                + "\"/>\n";
    }

    private static String text(double x, double y, String anchor, String text) {
        return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">" + text
                + "</text>\n";
    }

    private double x(double second) {
        return LEFT + Math.min(second, seconds) / seconds * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - scale.applyAsDouble(Math.min(value, top)) * (HEIGHT - TOP - BOTTOM);
    }

    private static String told(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2g", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
