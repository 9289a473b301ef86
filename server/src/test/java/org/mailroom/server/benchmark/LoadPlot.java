/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One figure of all servers against the number of connections, with one mix among as many users. */
record LoadPlot(
        String file, String title, String unit, ToDoubleFunction<LoadMeasured> figure, List<LoadMeasured> measured) {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;

    /** None where there is nothing to draw a line between. */
    static List<LoadPlot> of(List<LoadMeasured> measured) {
        Map<String, List<LoadMeasured>> groups = new LinkedHashMap<>();
        measured.stream().filter(one -> one.mix() != LoadMix.NOTHING).forEach(one -> groups.computeIfAbsent(
                        one.mix().title() + "-" + one.users(), key -> new ArrayList<>())
                .add(one));
        List<LoadPlot> plots = new ArrayList<>();
        groups.forEach((group, some) -> {
            if (some.stream().map(LoadMeasured::connections).distinct().count() > 1) {
                LoadMeasured any = some.get(0);
                String what = String.format(
                        Locale.ROOT, "mix %s, users: %d", any.mix().title(), any.users());
                plots.add(
                        new LoadPlot("load-" + group + "-rate.svg", what, "commands/s", LoadMeasured::perSecond, some));
                plots.add(new LoadPlot(
                        "load-" + group + "-p99.svg",
                        what,
                        "milliseconds, 99th percentile",
                        one -> one.counts().all().getValueAtPercentile(99) / 1e6,
                        some));
            }
        });
        return plots;
    }

    /** Writes it as SVG. */
    void write(Path directory) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("connections")
                .yAxisTitle(unit)
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        Map<String, List<LoadMeasured>> lines = new LinkedHashMap<>();
        for (LoadMeasured one : measured) {
            lines.computeIfAbsent(one.server() + ", writes " + one.writes() + " %", key -> new ArrayList<>())
                    .add(one);
        }
        lines.forEach((line, some) -> chart.addSeries(
                        line,
                        some.stream().map(LoadMeasured::connections).toList(),
                        some.stream().map(figure::applyAsDouble).toList())
                .setMarker(SeriesMarkers.CIRCLE));
        try (OutputStream out = Files.newOutputStream(directory.resolve(file))) {
            VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
        }
    }
}
