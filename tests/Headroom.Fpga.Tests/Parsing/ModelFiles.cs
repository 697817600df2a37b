using System.IO.Compression;
using System.Text;
using Headroom.Fpga.Parsing;
using PureHDF;

namespace Headroom.Fpga.Tests.Parsing;

/// <summary>Model files made by hand to the formats' specifications.</summary>
internal static class ModelFiles
{
    /// <summary>Keras 2, sequential: 16 to 64 relu to 5 softmax.</summary>
    public const string KerasSequential = """
        {"class_name": "Sequential", "config": {"name": "jets", "layers": [
          {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 16], "name": "input_1"}},
          {"class_name": "Dense", "config": {"name": "fc1", "units": 64, "activation": "relu", "use_bias": true}},
          {"class_name": "Dropout", "config": {"name": "drop", "rate": 0.1}},
          {"class_name": "Dense", "config": {"name": "out", "units": 5, "activation": "softmax", "use_bias": false}}]},
         "keras_version": "2.11.0", "backend": "tensorflow"}
        """;

    /// <summary>Keras 3, functional, a skip connection joined by add, QKeras quantisers described as objects.</summary>
    public const string KerasFunctional = """
        {"module": "keras", "class_name": "Functional", "config": {"name": "skip", "layers": [
          {"class_name": "InputLayer", "name": "x", "config": {"batch_shape": [null, 32], "name": "x"}, "inbound_nodes": []},
          {"class_name": "QDense", "name": "a", "config": {"name": "a", "units": 32, "kernel_quantizer": {"class_name": "quantized_bits", "config": {"bits": 6, "integer": 0, "alpha": 1}}},
           "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null, 32], "keras_history": ["x", 0, 0]}}], "kwargs": {}}]},
          {"class_name": "Add", "name": "sum", "config": {"name": "sum"},
           "inbound_nodes": [{"args": [[{"class_name": "__keras_tensor__", "config": {"keras_history": ["a", 0, 0]}}, {"class_name": "__keras_tensor__", "config": {"keras_history": ["x", 0, 0]}}]], "kwargs": {}}]},
          {"class_name": "QActivation", "name": "act", "config": {"name": "act", "activation": "quantized_relu(8,2)"},
           "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["sum", 0, 0]}}], "kwargs": {}}]}],
         "input_layers": [["x", 0, 0]], "output_layers": [["act", 0, 0]]}}
        """;

    /// <summary>A convolution, pooling and a dense layer as torch.export writes them.</summary>
    public const string Exported = """
        {"graph_module": {"graph": {
          "inputs": [{"as_tensor": {"name": "p_w"}}, {"as_tensor": {"name": "p_b"}}, {"as_tensor": {"name": "p_f"}}, {"as_tensor": {"name": "x"}}],
          "outputs": [{"as_tensor": {"name": "linear"}}],
          "nodes": [
            {"target": "torch.ops.aten.conv2d.default", "inputs": [{"name": "input", "arg": {"as_tensor": {"name": "x"}}}, {"name": "weight", "arg": {"as_tensor": {"name": "p_w"}}}, {"name": "bias", "arg": {"as_tensor": {"name": "p_b"}}}, {"name": "stride", "arg": {"as_ints": [1, 1]}}],
             "outputs": [{"as_tensor": {"name": "conv2d"}}], "metadata": {}},
            {"target": "torch.ops.aten.relu.default", "inputs": [{"name": "self", "arg": {"as_tensor": {"name": "conv2d"}}}], "outputs": [{"as_tensor": {"name": "relu"}}]},
            {"target": "torch.ops.aten.max_pool2d.default", "inputs": [{"name": "self", "arg": {"as_tensor": {"name": "relu"}}}, {"name": "kernel_size", "arg": {"as_ints": [2, 2]}}], "outputs": [{"as_tensor": {"name": "pool"}}]},
            {"target": "torch.ops.aten.flatten.using_ints", "inputs": [{"name": "self", "arg": {"as_tensor": {"name": "pool"}}}, {"name": "start_dim", "arg": {"as_int": 1}}], "outputs": [{"as_tensor": {"name": "flat"}}]},
            {"target": "torch.ops.aten.linear.default", "inputs": [{"name": "input", "arg": {"as_tensor": {"name": "flat"}}}, {"name": "weight", "arg": {"as_tensor": {"name": "p_f"}}}], "outputs": [{"as_tensor": {"name": "linear"}}]}],
          "tensor_values": {
            "p_w": {"dtype": 7, "sizes": [{"as_int": 4}, {"as_int": 1}, {"as_int": 3}, {"as_int": 3}]}, "p_b": {"sizes": [{"as_int": 4}]},
            "p_f": {"sizes": [{"as_int": 10}, {"as_int": 36}]},
            "x": {"sizes": [{"as_expr": {"expr_str": "s0"}}, {"as_int": 1}, {"as_int": 8}, {"as_int": 8}]},
            "conv2d": {"sizes": [{"as_int": 1}, {"as_int": 4}, {"as_int": 6}, {"as_int": 6}]}, "relu": {"sizes": [{"as_int": 1}, {"as_int": 4}, {"as_int": 6}, {"as_int": 6}]},
            "pool": {"sizes": [{"as_int": 1}, {"as_int": 4}, {"as_int": 3}, {"as_int": 3}]}, "flat": {"sizes": [{"as_int": 1}, {"as_int": 36}]}, "linear": {"sizes": [{"as_int": 1}, {"as_int": 10}]}}},
         "signature": {"input_specs": [{"parameter": {"arg": {"name": "p_w"}, "parameter_name": "conv.weight"}}, {"user_input": {"arg": {"as_tensor": {"name": "x"}}}}], "output_specs": []}}}
        """;

    /// <summary>Branches, a skip connection and a precision.</summary>
    public const string PlainTagger = """
        {"name": "tagger", "input": [16], "layers": [
          {"type": "dense", "name": "fc1", "units": 64, "activation": "relu", "weight_precision": "fixed<6,1>"},
          {"type": "dense", "name": "fc2", "units": 64},
          {"type": "add", "name": "skip", "inputs": ["fc1", "fc2"]},
          {"type": "dense", "units": 5, "activation": "softmax", "bias": false}]}
        """;

    /// <summary>Network and configuration together.</summary>
    public const string WaRecord = """
        {"meta_data": {"uuid": "u1", "model_name": "m"}, "model_config": [
          {"class_name": "InputLayer", "input_shape": [[null, 16]], "output_shape": [[null, 16]]},
          {"class_name": "Dense", "input_shape": [null, 16], "output_shape": [null, 8], "neurons": 8}],
         "hls_config": {"Model": {"Precision": "fixed<8, 3>", "ReuseFactor": 4, "Strategy": "Resource"}}, "target_part": "xcu250-figd2104-2L-e"}
        """;

    public static ParsedNetwork Read(string text, string name = "model.json") => NetworkFile.Read(name, Encoding.UTF8.GetBytes(text));

    /// <summary>One Keras layer behind an input of the given shape.</summary>
    public static ParsedNetwork KerasLayer(string inputShape, string className, string config) => Read(
        $$$"""
        {"class_name": "Sequential", "config": {"name": "one", "layers": [
          {"class_name": "InputLayer", "config": {"batch_input_shape": [null, {{{inputShape}}}], "name": "x"}},
          {"class_name": "{{{className}}}", "config": {"name": "layer"{{{(config.Length > 0 ? ", " + config : "")}}} } }] } }
        """);

    public static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Fastest).Open());
                writer.Write(text);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>An .h5 file as Keras writes it: the description is an attribute of the root.</summary>
    public static byte[] Hdf5(string attribute, string description)
    {
        var file = new H5File { ["model_weights"] = new H5Group { ["fc1"] = new[] { 1.0f, 2.0f } } };
        file.Attributes[attribute] = description;
        using var bytes = new MemoryStream();
        file.Write(bytes);
        return bytes.ToArray();
    }
}
