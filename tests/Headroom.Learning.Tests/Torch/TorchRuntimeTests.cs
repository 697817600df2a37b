using Headroom.Learning.Torch;
using TorchSharp;

namespace Headroom.Learning.Tests.Torch;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void Torch_multiplies_matrices_once_loaded()
    {
        Assert.SkipWhen(TorchRuntime.UnavailableReason is not null, TorchRuntime.UnavailableReason ?? "");

        using var scope = torch.NewDisposeScope();
        var product = torch.tensor(new float[,] { { 1, 2 }, { 3, 4 } }).mm(torch.tensor(new float[,] { { 1 }, { 10 } }));

        Assert.Equal([21f, 43f], product.data<float>().ToArray());
    }

    [Fact]
    public void A_weak_version_need_is_no_longer_required()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Assert.SkipUnless(File.Exists(path), $"{path} is not part of this build");
        var elf = File.ReadAllBytes(path);
        Assert.Contains("GLIBCXX_3.4.32", ElfVersionNeeds.Required(elf));
        var before = ElfVersionNeeds.Required(elf).Count;

        Assert.Equal(1, ElfVersionNeeds.MarkWeak(elf, "GLIBCXX_3.4.32"));

        Assert.DoesNotContain("GLIBCXX_3.4.32", ElfVersionNeeds.Required(elf));
        Assert.Equal(before - 1, ElfVersionNeeds.Required(elf).Count);
    }

    [Fact]
    public void Something_that_is_no_library_is_refused() =>
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MarkWeak(new byte[100], "GLIBCXX_3.4.32"));
}
