/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How the time for some questions grows with the mailbox, for one server. The scales of all plots are the same. */
record LatencyPlot(Candidate candidate, List<Report> reports) {
    private static final List<String> QUESTIONS = List.of(
            "rare word",
            "frequent word",
            "infix",
            "one letter",
            "phrase",
            "UNSEEN SINCE FROM",
            "newest first",
            "threads");
    private static final double LEAST_MILLIS = 0.1;
    private static final double MAX_MILLIS = 1_000_000;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;

    /** The name of its file. */
    String file() {
        return "latency-" + candidate.name().toLowerCase(Locale.ROOT) + ".svg";
    }

    /** Writes it as SVG. */
    void write(Path directory) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(candidate.title())
                .xAxisTitle("messages in the mailbox")
                .yAxisTitle("milliseconds, median")
                .build();
        style(chart.getStyler());
        for (String question : QUESTIONS) {
            series(chart, question);
        }
        Files.createDirectories(directory);
        try (OutputStream out = Files.newOutputStream(directory.resolve(file()))) {
            VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
        }
    }

    private void style(XYStyler styler) {
        styler.setXAxisLogarithmic(true);
        styler.setYAxisLogarithmic(true);
        styler.setXAxisMin((double) reports.get(0).messages());
        styler.setXAxisMax((double) reports.get(reports.size() - 1).messages());
        styler.setYAxisMin(LEAST_MILLIS);
        styler.setYAxisMax(MAX_MILLIS);
        styler.setXAxisDecimalPattern("#,##0");
        styler.setYAxisDecimalPattern("#,##0.#");
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setMarkerSize(6);
        // each dot of dotted ones would be an outline in the file
        styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
    }

    private void series(XYChart chart, String title) {
        List<Integer> sizes = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        for (Report report : reports) {
            for (int i = 0; i < report.expected().size(); i++) {
                if (report.columns().containsKey(candidate)
                        && report.expected().get(i).question().title().equals(title)
                        && report.columns().get(candidate).answers().get(i).answer() instanceof Answer.Given given) {
                    sizes.add(report.messages());
                    millis.add(Math.max(given.millis(), LEAST_MILLIS));
                }
            }
        }
        if (!sizes.isEmpty()) {
            chart.addSeries(title, sizes, millis).setMarker(SeriesMarkers.CIRCLE);
        }
    }
}
