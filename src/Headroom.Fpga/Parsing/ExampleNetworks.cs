using System.Text;

namespace Headroom.Fpga.Parsing;

/// <summary>A network to try things with.</summary>
/// <param name="Name">Short name, as in an address.</param>
/// <param name="Title">What it is.</param>
/// <param name="Json">Its plain description.</param>
public sealed record ExampleNetwork(string Name, string Title, string Json)
{
    public ParsedNetwork Read() => NetworkFile.Read($"{Name}.json", Encoding.UTF8.GetBytes(Json));
}

/// <summary>Networks of the field, by their published shapes.</summary>
public static class ExampleNetworks
{
    public static IReadOnlyList<ExampleNetwork> All { get; } =
    [
        new("jet-tagger", "Jet tagger, 16-64-32-32-5 (Duarte et al., arXiv 1804.06913)", """
            {"name": "jet_tagger", "input": [16], "layers": [
              {"type": "dense", "name": "fc1", "units": 64, "activation": "relu"},
              {"type": "dense", "name": "fc2", "units": 32, "activation": "relu"},
              {"type": "dense", "name": "fc3", "units": 32, "activation": "relu"},
              {"type": "dense", "name": "output", "units": 5, "activation": "softmax"}]}
            """),
        new("autoencoder", "Anomaly detection, dense autoencoder 57-32-16-3-16-32-57 (Govorkova et al., arXiv 2108.03986)", """
            {"name": "autoencoder", "input": [57], "layers": [
              {"type": "dense", "name": "enc1", "units": 32, "activation": "relu"},
              {"type": "dense", "name": "enc2", "units": 16, "activation": "relu"},
              {"type": "dense", "name": "latent", "units": 3},
              {"type": "dense", "name": "dec1", "units": 16, "activation": "relu"},
              {"type": "dense", "name": "dec2", "units": 32, "activation": "relu"},
              {"type": "dense", "name": "output", "units": 57}]}
            """),
        new("digits-cnn", "House numbers, three convolutions on 32 x 32 pixels (Aarrestad et al., arXiv 2101.05108)", """
            {"name": "digits_cnn", "input": [32, 32, 3], "layers": [
              {"type": "conv2d", "name": "conv1", "filters": 16, "kernel": [3, 3], "activation": "relu"}, {"type": "max_pooling", "name": "pool1", "kernel": [2, 2]},
              {"type": "conv2d", "name": "conv2", "filters": 16, "kernel": [3, 3], "activation": "relu"}, {"type": "max_pooling", "name": "pool2", "kernel": [2, 2]},
              {"type": "conv2d", "name": "conv3", "filters": 24, "kernel": [3, 3], "activation": "relu"}, {"type": "max_pooling", "name": "pool3", "kernel": [2, 2]},
              {"type": "flatten", "name": "flat"},
              {"type": "dense", "name": "fc1", "units": 42, "activation": "relu"}, {"type": "dense", "name": "fc2", "units": 64, "activation": "relu"},
              {"type": "dense", "name": "output", "units": 10, "activation": "softmax"}]}
            """),
        new("top-lstm", "Top tagging, LSTM over 20 particles (Khoda et al., arXiv 2207.00559)", """
            {"name": "top_lstm", "input": [20, 6], "layers": [
              {"type": "lstm", "name": "lstm", "units": 20}, {"type": "dense", "name": "fc", "units": 64, "activation": "relu"},
              {"type": "dense", "name": "output", "units": 1, "activation": "sigmoid"}]}
            """),
    ];

    public static ExampleNetwork? Find(string? name) => All.FirstOrDefault(example => example.Name == name);
}
