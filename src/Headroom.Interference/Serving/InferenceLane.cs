using System.Diagnostics;
using System.Threading.Channels;
using Headroom.Interference.Runs;

namespace Headroom.Interference.Serving;

/// <summary>More was asked than the lane holds.</summary>
/// <param name="capacity">Questions that may wait.</param>
public sealed class InferenceLaneFullException(int capacity)
    : Exception($"{capacity} questions wait for the model already; ask again in a moment.");

/// <summary>
/// The one place where a model answers: questions wait in a bounded queue, one thread takes all that wait and predicts them as one batch. Those that want
/// reasons, which take a thousand predictions each, are explained after the others have their answer.
/// </summary>
public sealed class InferenceLane : IAsyncDisposable
{
    private readonly Channel<Question> _questions;
    private readonly Task _running;
    private readonly CancellationTokenSource _stop = new();
    private readonly int _capacity;
    private readonly int _batch;

    /// <param name="predictor">The model.</param>
    /// <param name="capacity">Questions that may wait.</param>
    /// <param name="batch">Most questions of one batch.</param>
    public InferenceLane(InterferencePredictor predictor, int capacity = 256, int batch = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        (Predictor, _capacity, _batch) = (predictor, capacity, batch);
        _questions = Channel.CreateBounded<Question>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _running = Task.Run(RunAsync);
    }

    public InterferencePredictor Predictor { get; }

    /// <summary>Answers windows, in their order.</summary>
    /// <param name="windows">Windows with the features of the model.</param>
    /// <param name="withReasons">Attribute every prediction.</param>
    /// <param name="patient">Wait while the lane is full.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">A window has other features.</exception>
    /// <exception cref="InferenceLaneFullException">The lane is full and the caller is not patient.</exception>
    public async Task<IReadOnlyList<InterferencePrediction>> PredictAsync(IReadOnlyList<InterferenceRun> windows, bool withReasons, bool patient, CancellationToken cancellationToken)
    {
        Predictor.Check(windows);
        var question = new Question(windows, withReasons, new TaskCompletionSource<IReadOnlyList<InterferencePrediction>>(TaskCreationOptions.RunContinuationsAsynchronously), Stopwatch.GetTimestamp(), cancellationToken);
        if (!_questions.Writer.TryWrite(question))
        {
            if (!patient)
            {
                LaneTelemetry.Full(Predictor.Card.Id);
                throw new InferenceLaneFullException(_capacity);
            }

            await _questions.Writer.WriteAsync(question, cancellationToken).ConfigureAwait(false);
        }

        return await question.Answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _questions.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (_questions.Reader.TryRead(out var unanswered))
        {
            unanswered.Answer.TrySetCanceled();
        }

        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _questions.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
        {
            var batch = new List<Question>();
            while (batch.Count < _batch && _questions.Reader.TryRead(out var question))
            {
                if (!question.Cancellation.IsCancellationRequested)
                {
                    batch.Add(question);
                }
            }

            Answer([.. batch.Where(question => !question.WithReasons)]);
            foreach (var question in batch.Where(question => question.WithReasons))
            {
                Answer([question]);
            }
        }
    }

    private void Answer(IReadOnlyList<Question> questions)
    {
        if (questions.Count == 0)
        {
            return;
        }

        InterferenceRun[] windows = [.. questions.SelectMany(question => question.Windows)];
        using var batch = LaneTelemetry.Begin(Predictor.Card.Id, questions[0].WithReasons, windows.Length, questions.Select(question => question.Asked));
        try
        {
            var answers = Predictor.Predict(windows, questions[0].WithReasons);
            var from = 0;
            foreach (var question in questions)
            {
                question.Answer.TrySetResult([.. answers.Skip(from).Take(question.Windows.Count)]);
                from += question.Windows.Count;
            }
        }
#pragma warning disable CA1031 // Whoever asked gets the failure; the lane goes on with the next.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            batch.Failed(failure);
            foreach (var question in questions)
            {
                question.Answer.TrySetException(failure);
            }
        }
    }

    private sealed record Question(
        IReadOnlyList<InterferenceRun> Windows, bool WithReasons, TaskCompletionSource<IReadOnlyList<InterferencePrediction>> Answer, long Asked, CancellationToken Cancellation);
}
