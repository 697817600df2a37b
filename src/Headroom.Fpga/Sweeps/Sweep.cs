using System.Globalization;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Fpga.Sweeps;

/// <summary>Predicts every design of a space.</summary>
public static class Sweep
{
    /// <summary>Points of one sweep. Default 50,000.</summary>
    public const int MostPoints = 50_000;

    /// <summary>Designs asked for at a time: large enough that equal layers meet, small enough to report and to stop soon.</summary>
    private const int ChunkSize = 12_500;

    /// <param name="progress">Share done, 0 to 1.</param>
    /// <exception cref="NetworkFormatException">The space is too large, or names a board nobody knows.</exception>
    public static SweepResult Run(
        IDesignPredictor predictor, Network network, HlsConfiguration basis, SweepSpace space, BoardCatalogue boards, int mostPoints = MostPoints,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (space.Count > mostPoints)
        {
            throw new NetworkFormatException(string.Create(CultureInfo.InvariantCulture, $"The sweep has {space.Count} designs, at most {mostPoints} are predicted at once; shorten a list."));
        }

        var designs = space.Designs(basis, boards).ToArray();
        var points = new SweepPoint[designs.Length];
        for (var start = 0; start < designs.Length; start += ChunkSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (first, part) = (start, designs[start..Math.Min(designs.Length, start + ChunkSize)]);
            var answers = predictor.Predict([.. part.Select(design => new DesignQuestion(network, design.Configuration, design.Board.Capacity))], cancellationToken);
            Parallel.For(0, part.Length, index => points[first + index] = new SweepPoint(part[index].Configuration, BoardFit.Of(answers[index], part[index].Board), answers[index]));
            progress?.Report((start + part.Length) / (double)designs.Length);
        }

        return new SweepResult(points, ParetoFront.Of([.. points.Select(point => (point.LatencyNanoseconds, point.Utilisation))]));
    }
}
