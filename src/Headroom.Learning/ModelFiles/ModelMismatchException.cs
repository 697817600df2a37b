namespace Headroom.Learning.ModelFiles;

/// <summary>A model was trained for something else than it is asked for.</summary>
/// <param name="model">Its id.</param>
/// <param name="difference">Lines with - are expected and missing, lines with + are the model's own.</param>
public sealed class ModelMismatchException(string model, IReadOnlyList<string> difference)
    : Exception($"model {model} does not fit what it is asked for (- expected, + the model has):\n{string.Join('\n', difference)}")
{
    public IReadOnlyList<string> Difference => difference;
}
