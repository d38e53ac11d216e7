// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The files of the scenarios: tables as CSV and pictures of them, in one folder. */
final class Figures {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final int DPI = 96;

    private final Path folder;

    Figures(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** One line of a picture. */
    record Line(String name, double[] x, double[] y, boolean dots) {}

    void csv(String name, List<String> columns, List<? extends List<?>> rows) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader(columns.toArray(String[]::new))
                .setRecordSeparator('\n')
                .get();
        try (CSVPrinter csv = new CSVPrinter(
                Files.newBufferedWriter(folder.resolve(name + ".csv"), StandardCharsets.UTF_8), format)) {
            csv.printRecords(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void plot(String name, String title, String x, String y, boolean logX, List<Line> lines) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setXAxisLogarithmic(logX);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisDecimalPattern("#,##0.##");
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        for (Line line : lines) {
            XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
            if (line.dots()) {
                series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            } else {
                series.setMarker(SeriesMarkers.NONE);
            }
        }
        try {
            BitmapEncoder.saveBitmapWithDPI(
                    chart, folder.resolve(name).toString(), BitmapEncoder.BitmapFormat.PNG, DPI);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A chapter, which replaces what an earlier run has written of it; and the page of all that there are. */
    void chapter(String name, Page chapter, Page head) throws IOException {
        write(name + ".md", chapter.lines());
        List<String> all = new ArrayList<>(head.lines());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Figures::isChapter)
                    .sorted(Comparator.comparing(Figures::name))
                    .toList()) {
                all.addAll(Files.readAllLines(file));
            }
        }
        write("README.md", all);
    }

    private static boolean isChapter(Path file) {
        return file.getFileName().toString().matches("S\\d(-\\d+)?\\.md");
    }

    /** Without its ending: S3 comes before S3-1024. */
    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    private void write(String name, List<String> lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }
}
