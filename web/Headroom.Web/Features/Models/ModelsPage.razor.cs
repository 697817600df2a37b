using Headroom.Jobs.Models;
using Headroom.Jobs.Retraining;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Web.Access;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Models;

/// <summary>The registry of models; which model and which two versions are compared stands in the address.</summary>
public sealed partial class ModelsPage
{
    private int _changes;
    private int _number = 1;
    private string _reason = "";
    private string? _failure;

    /// <summary>The model that is shown.</summary>
    [SupplyParameterFromQuery(Name = "model")]
    public string? Model { get; set; }

    /// <summary>Number of the version on the left of the comparison.</summary>
    [SupplyParameterFromQuery(Name = "first")]
    public int? First { get; set; }

    /// <summary>Number of the version on its right.</summary>
    [SupplyParameterFromQuery(Name = "second")]
    public int? Second { get; set; }

    [Inject]
    private ModelViews Views { get; set; } = null!;

    [Inject]
    private PageActions Actions { get; set; } = null!;

    [Inject]
    private ModelDesk Desk { get; set; } = null!;

    private string Shown => string.IsNullOrEmpty(Model) ? InterferenceVersions.Name : Model;

    private bool CanDecide => _reason.Trim().Length > 0;

    private (ModelVersionRow? Left, ModelVersionRow? Right) Compared(ModelView view) => (
        view.Versions.FirstOrDefault(version => version.Number == First), view.Versions.FirstOrDefault(version => version.Number == Second));

    private Task ForceAsync() => DecideAsync(Policies.Administrator, "PromoteModel", (who, reason) => Desk.ForceAsync(Shown, _number, who, reason, CancellationToken.None));

    private Task VetoAsync() => DecideAsync(Policies.Operator, "VetoModel", (who, reason) => Desk.VetoAsync(Shown, _number, who, reason, CancellationToken.None));

    private Task RollBackAsync() => DecideAsync(Policies.Operator, "RollBackModel", (who, reason) => Desk.RollBackAsync(Shown, who, reason, CancellationToken.None));

    private async Task DecideAsync(string policy, string action, Func<string, string, Task> decide)
    {
        try
        {
            await Actions.RunAsync(policy, action, $"/api/v1/models/{Shown}/versions/{_number}", who => decide(who, _reason.Trim()));
            (_failure, _reason) = (null, "");
            _changes++;
        }
        catch (PublicationRefusedException refused)
        {
            _failure = refused.Message;
        }
    }
}
