"""Editions that do not have their shape, and honesty about their stance."""

# ruff: noqa: E501 - messages are pinned as they are printed

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Edit, Problems


def test_an_unknown_key_of_an_edition_is_reported_with_a_suggestion(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/overview.yaml", "label: Overview", "lable: Overview")

    assert problems() == [
        'data/bus-lanes/editions/overview.yaml:1:1: error[BG005]: key "label" is missing\n  help: add `label: …`',
        'data/bus-lanes/editions/overview.yaml:3:1: error[BG004]: unknown key "lable"\n  help: did you mean "label"? keys here: accent, at_most, audience, bottom_line, contact, context, counter_view, exclude, extends, figures, formats, handling, headings, id, issued, key_messages, label, language, layout, lengths, lens, paper, pin, question, reference, rights, sections, stance, status, subtitle, title, version',
    ]


def test_an_unknown_key_of_a_base_edition_is_reported_once_in_the_file_of_the_base(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/_base.yaml", "status: for-comment", "statuss: for-comment")

    assert problems() == [
        'data/bus-lanes/editions/_base.yaml:4:1: error[BG004]: unknown key "statuss"\n  help: did you mean "status"? keys here: accent, at_most, audience, bottom_line, contact, context, counter_view, exclude, extends, figures, formats, handling, headings, id, issued, key_messages, label, language, layout, lengths, lens, paper, pin, question, reference, rights, sections, stance, status, subtitle, title, version',
    ]


def test_an_unknown_key_in_a_lens_is_reported_with_the_keys_of_a_lens(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/shopkeepers.yaml", "caveat: The survey", "caveats: The survey")

    assert problems() == [
        'data/bus-lanes/editions/shopkeepers.yaml:42:7: error[BG004]: unknown key "caveats"\n  help: did you mean "caveat"? keys here: caveat, so_what, text, weight',
    ]


def test_an_unquoted_version_is_to_be_quoted_in_the_file_of_the_base(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/_base.yaml", 'version: "1.0"', "version: 1.0")

    assert problems() == [
        "data/bus-lanes/editions/_base.yaml:3:10: error[BG006]: version: should be text, is a number (1.0)\n  help: put quotes round it",
    ]


def test_an_unknown_section_is_reported_in_the_file_of_the_base(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/_base.yaml", "- left-out", "- leftout")

    assert problems() == [
        'data/bus-lanes/editions/_base.yaml:19:5: error[BG006]: sections: "leftout" is not one of the choices\n  help: did you mean "left-out"? choose one of contents, context, areas, obstacles, recommendations, case-against, left-out, abbreviations, sources, evidence',
    ]


def test_a_value_that_the_edition_lays_over_its_base_is_reported_in_its_own_file(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "editions/shopkeepers.yaml",
        "at_most: {areas: 3, obstacles: 3}",
        "at_most: {areas: 0, obstacles: 3}",
    )

    assert problems() == [
        "data/bus-lanes/editions/shopkeepers.yaml:78:18: error[BG006]: areas: should be 1 or more, is 0\n  help: correct the value",
    ]


def test_a_value_that_stays_from_the_base_under_the_edition_is_reported_in_the_base(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "editions/_base.yaml",
        "at_most: {areas: 5, obstacles: 5, recommendations: 5}",
        "at_most: {areas: 5, obstacles: 5, recommendations: 0}",
    )

    assert problems() == [
        "data/bus-lanes/editions/_base.yaml:23:52: error[BG006]: recommendations: should be 1 or more, is 0\n  help: correct the value",
    ]


def test_a_missing_key_is_reported_at_the_start_of_the_edition(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "editions/overview.yaml",
        "question: What have the bus lanes changed, and what should follow?\n",
        "",
    )

    assert problems() == [
        'data/bus-lanes/editions/overview.yaml:1:1: error[BG005]: key "question" is missing\n  help: add `question: …`',
    ]


def test_an_unknown_base_is_reported_and_its_keys_are_not_asked_for(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/overview.yaml", "extends: _base", "extends: _bass")

    assert problems() == [
        'data/bus-lanes/editions/overview.yaml:2:10: error[BG012]: unknown edition "_bass"\n  help: did you mean "_base"? files here: _base, overview, shopkeepers',
    ]


def test_a_base_that_is_not_yaml_is_reported_once(edit: Edit, problems: Problems) -> None:
    edit("editions/_base.yaml", "status: for-comment", "status: for: comment")

    assert problems() == [
        'data/bus-lanes/editions/_base.yaml:4:12: error[BG001]: not valid YAML: mapping values are not allowed in this context\n  help: put quotes round text that contains ": ", or check the indentation',
    ]


def test_an_empty_base_is_no_base(dossier: Path, problems: Problems) -> None:
    (dossier / "editions/_base.yaml").write_text("", "utf-8")

    assert problems() == [
        'data/bus-lanes/editions/overview.yaml:1:1: error[BG005]: key "issued" is missing\n  help: add `issued: …`',
        'data/bus-lanes/editions/overview.yaml:1:1: error[BG005]: key "sections" is missing\n  help: add `sections: …`',
        'data/bus-lanes/editions/overview.yaml:1:1: error[BG005]: key "version" is missing\n  help: add `version: …`',
        'data/bus-lanes/editions/shopkeepers.yaml:1:1: error[BG005]: key "issued" is missing\n  help: add `issued: …`',
        'data/bus-lanes/editions/shopkeepers.yaml:1:1: error[BG005]: key "sections" is missing\n  help: add `sections: …`',
        'data/bus-lanes/editions/shopkeepers.yaml:1:1: error[BG005]: key "version" is missing\n  help: add `version: …`',
    ]


def test_bases_in_a_circle_are_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/_base.yaml", "issued: 2024-09", "extends: overview\nissued: 2024-09")

    assert problems() == [
        "data/bus-lanes/editions/_base.yaml:2:10: error[BG017]: extends goes in a circle: overview -> _base -> overview\n  help: let one of them extend another edition or none",
        "data/bus-lanes/editions/overview.yaml:2:10: error[BG017]: extends goes in a circle: _base -> overview -> _base\n  help: let one of them extend another edition or none",
    ]


def test_an_edition_that_extends_itself_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "extends: _base", "extends: overview")

    assert problems() == [
        "data/bus-lanes/editions/overview.yaml:2:10: error[BG017]: extends goes in a circle: overview -> overview\n  help: let one of them extend another edition or none",
    ]


def test_an_id_that_differs_from_the_name_of_the_file_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/overview.yaml", "id: overview", "id: over-view")

    assert problems() == [
        "data/bus-lanes/editions/overview.yaml:1:5: error[BG006]: id: should be overview, the name of the file\n  help: write `id: overview`",
    ]


def test_an_edition_without_an_id_is_told_which(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "id: overview\n", "")

    assert problems() == [
        "data/bus-lanes/editions/overview.yaml:1:1: error[BG006]: id: should be overview, the name of the file\n  help: write `id: overview`",
    ]


def test_an_edition_with_a_wrong_id_has_its_other_mistakes_reported_as_well(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/overview.yaml", "id: overview", "id: over-view")
    edit("editions/overview.yaml", "role: neutral", "role: none")

    assert problems() == [
        "data/bus-lanes/editions/overview.yaml:1:5: error[BG006]: id: should be overview, the name of the file\n  help: write `id: overview`",
        'data/bus-lanes/editions/overview.yaml:13:9: error[BG006]: role: "none" is not one of the choices\n  help: choose one of neutral, perspective, sceptic, advocate',
    ]


def test_an_empty_edition_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "editions/empty.yaml").write_text("", "utf-8")

    assert problems() == [
        "data/bus-lanes/editions/empty.yaml:1:1: error[BG006]: the file should hold the keys of an edition\n  help: start it with `id: …`",
    ]


def test_an_edition_that_is_a_list_is_reported(dossier: Path, problems: Problems) -> None:
    (dossier / "editions/list.yaml").write_text("- id: list\n", "utf-8")

    assert problems() == [
        "data/bus-lanes/editions/list.yaml:1:1: error[BG006]: the file should hold the keys of an edition\n  help: start it with `id: …`",
    ]


def test_a_weight_out_of_range_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/shopkeepers.yaml", "weight: 2", "weight: 6")

    assert problems() == [
        "data/bus-lanes/editions/shopkeepers.yaml:50:15: error[BG006]: weight: should be 5 or less, is 6\n  help: correct the value",
    ]


def test_a_weight_below_zero_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/shopkeepers.yaml", "weight: 2", "weight: -1")

    assert problems() == [
        "data/bus-lanes/editions/shopkeepers.yaml:50:15: error[BG006]: weight: should be 0 or more, is -1\n  help: correct the value",
    ]


def test_a_weight_in_a_mapping_on_one_line_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "bus-journeys: {weight: 5}", "bus-journeys: {weight: 5.5}")

    assert problems() == [
        "data/bus-lanes/editions/overview.yaml:40:28: error[BG006]: weight: should be a whole number, is a number (5.5)\n  help: write a whole number",
    ]


def test_true_is_no_weight(edit: Edit, problems: Problems) -> None:
    edit("editions/shopkeepers.yaml", "weight: 2", "weight: true")

    assert problems() == [
        "data/bus-lanes/editions/shopkeepers.yaml:50:15: error[BG006]: weight: should be a whole number, is true or false\n  help: write a whole number",
    ]


def test_a_layout_is_a_name_and_no_path(edit: Edit, problems: Problems) -> None:
    edit("editions/_base.yaml", "layout: policy-brief", "layout: ../../elsewhere")

    assert problems() == [
        'data/bus-lanes/editions/_base.yaml:8:9: error[BG006]: layout: "../../elsewhere" is not in kebab-case\n  help: write the name of a folder of templates',
    ]


def test_an_edition_whose_file_is_not_in_kebab_case_is_reported(
    dossier: Path, problems: Problems
) -> None:
    (dossier / "editions/Over View.yaml").write_text(
        (dossier / "editions/overview.yaml")
        .read_text("utf-8")
        .replace("id: overview", "id: Over View")
        .replace("label: Overview", "label: Over View")
        .replace("HBC-2024-OV", "HBC-2024-OX"),
        "utf-8",
    )

    assert problems() == [
        'data/bus-lanes/editions/Over View.yaml:1:1: error[BG011]: "Over View" is not in kebab-case\n  help: rename the file; use small letters, digits and single hyphens: sea-lanes',
    ]


def test_an_unknown_record_in_a_lens_is_reported_at_its_key(edit: Edit, problems: Problems) -> None:
    edit("editions/shopkeepers.yaml", "    deliveries:\n", "    delivery:\n")

    assert problems() == [
        'data/bus-lanes/editions/shopkeepers.yaml:43:5: error[BG012]: unknown area "delivery"\n  help: did you mean "deliveries"? `briefgen list areas` shows all.',
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "    nobody-counted-takings: {",
            "    nobody-counts: {",
            'unknown obstacle "nobody-counts"',
        ),
        (
            "    second-camera:\n",
            "    third-camera:\n",
            'unknown recommendation "third-camera"',
        ),
        (
            "    second-camera:\n",
            "    weak-enforcement:\n",
            'unknown recommendation "weak-enforcement", which is one of the obstacles',
        ),
    ],
)
def test_an_unknown_obstacle_or_recommendation_in_a_lens_is_reported(
    edit: Edit, problems: Problems, old: str, new: str, said: str
) -> None:
    edit("editions/shopkeepers.yaml", old, new)

    place, _, rest = problems()[0].partition(": error[BG012]: ")
    assert len(problems()) == 1
    assert place.endswith(":5")
    assert rest.split("\n  help: ")[0] == said
    assert "`briefgen list " in rest


def test_an_unknown_pin_is_reported_with_the_kinds_that_can_be_pinned(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/shopkeepers.yaml", "pin: [paint-bays]", "pin: [paint-bay]")

    assert problems() == [
        'data/bus-lanes/editions/shopkeepers.yaml:72:7: error[BG012]: unknown area, obstacle or recommendation "paint-bay"\n  help: did you mean "paint-bays"? `briefgen list areas`, `briefgen list obstacles` or `briefgen list recommendations` shows all.',
    ]


def test_an_unknown_milestone_of_a_figure_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/shopkeepers.yaml", "records: [approval,", "records: [approved,")

    assert problems() == [
        'data/bus-lanes/editions/shopkeepers.yaml:86:15: error[BG012]: unknown milestone, actor, area, obstacle, recommendation or instrument "approved"\n  help: did you mean "approval"? `briefgen list milestones`, `briefgen list actors`, `briefgen list areas`, `briefgen list obstacles`, `briefgen list recommendations` or `briefgen list instruments` shows all.',
    ]


def test_a_citation_in_a_base_edition_is_reported_in_its_file(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/_base.yaml", "contact: clerk", "context: Nobody [@nobody].\ncontact: clerk")
    edit(
        "editions/overview.yaml",
        "context: >-\n  The committee approved an ETO on 9 June 2021, and the lanes opened on 6 September 2021\n  [@trial-approved; @lanes-opened]. On 11 April 2023 they became permanent [@made-permanent].\n\n\n  A second phase, in Priory Road, is due for decision in spring 2025 [@second-phase]. Its money\n  is not in the budget of 2023 [@no-money-2023].\n",
        "",
    )

    assert problems() == [
        'data/bus-lanes/editions/_base.yaml:7:18: error[BG013]: citation of unknown claim "nobody"\n  help: `briefgen list claims` shows all.',
    ]


def test_a_stance_needs_a_label_on_the_cover(edit: Edit, problems: Problems) -> None:
    edit(
        "editions/shopkeepers.yaml",
        "  label: Written for shopkeepers, from their side of the counter\n",
        "",
    )

    assert problems() == [
        "data/bus-lanes/editions/shopkeepers.yaml:11:3: error[BG040]: the stance is sceptic, but `stance.label` is missing\n  help: add `label:`, what the cover says of the stance",
    ]


def test_a_stance_needs_its_weakness(edit: Edit, problems: Problems) -> None:
    edit(
        "editions/shopkeepers.yaml",
        "  weakness: It rests on a survey that only the association has seen, and officers see no effect [@takings-fell; @visitors-unchanged].\n",
        "",
    )

    assert problems() == [
        "data/bus-lanes/editions/shopkeepers.yaml:11:3: error[BG040]: the stance is sceptic, but `stance.weakness` is missing\n  help: add `weakness:`, what the edition is weakest at",
    ]


def test_a_stance_needs_a_counter_view(edit: Edit, problems: Problems) -> None:
    edit(
        "editions/shopkeepers.yaml",
        "counter_view: >-\n  Buses gained four minutes and kept them, and more people ride them [@gain-is-real;\n  @boardings-rose]. Each of them walks past a shop.\n",
        "",
    )

    assert problems() == [
        "data/bus-lanes/editions/shopkeepers.yaml:11:3: error[BG040]: the stance is sceptic, but `counter_view` is missing\n  help: add `counter_view:`, the strongest case against the stance",
    ]


def test_a_message_with_a_stance_needs_a_counter(edit: Edit, problems: Problems) -> None:
    edit(
        "editions/shopkeepers.yaml",
        "    counter: Officers see no effect on visitors, and a bookseller gains [@visitors-unchanged; @bookshop-gains].\n",
        "",
    )

    assert [line for line in problems() if "BG040" in line] == [
        'data/bus-lanes/editions/shopkeepers.yaml:19:5: error[BG040]: the message "takings" has no counter\n  help: add `counter:`, the best answer to it, citing a claim of its own',
    ]


def test_a_counter_that_cites_nothing_of_its_own_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/shopkeepers.yaml", "[@visitors-unchanged; @bookshop-gains]", "[@takings-fell]")

    assert [line for line in problems() if "BG040" in line] == [
        'data/bus-lanes/editions/shopkeepers.yaml:22:14: error[BG040]: the counter to "takings" cites no claim that the message does not\n  help: cite the claim that speaks against the message',
    ]


def test_a_counter_that_cites_nothing_at_all_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/shopkeepers.yaml", " [@visitors-unchanged; @bookshop-gains]", "")

    assert [line for line in problems() if "BG040" in line] == [
        'data/bus-lanes/editions/shopkeepers.yaml:22:14: error[BG040]: the counter to "takings" cites no claim that the message does not\n  help: cite the claim that speaks against the message',
    ]


def test_a_neutral_edition_needs_neither_label_nor_counters(edit: Edit, problems: Problems) -> None:
    edit(
        "editions/overview.yaml",
        "    counter: One bookseller reports higher takings [@bookshop-gains].\n",
        "",
    )

    assert problems() == []


def test_a_so_what_without_a_citation_is_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "editions/shopkeepers.yaml",
        "so_what: Your own till is the missing evidence [@trade-unknown].",
        "so_what: Your own till is the missing evidence.",
    )

    assert problems() == [
        "data/bus-lanes/editions/shopkeepers.yaml:41:16: error[BG041]: so_what: the judgement cites no claim\n  help: cite the claims that it rests on: `[@claim-id]`",
    ]


def test_a_bottom_line_without_a_citation_is_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "editions/overview.yaml",
        "bottom_line: >-\n  The lanes made buses faster, and most of the gain has lasted [@gain-is-real]. What they did to\n  trade nobody knows [@trade-unknown]. Bays and a joint count come before more paint\n  [@bays-wanted; @no-money-2023].\n",
        "bottom_line: Buses are faster.\n",
    )

    assert problems() == [
        "data/bus-lanes/editions/overview.yaml:14:14: error[BG041]: bottom_line: the judgement cites no claim\n  help: cite the claims that it rests on: `[@claim-id]`",
    ]


def test_a_message_without_a_citation_is_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "editions/overview.yaml",
        "A journey of 17 minutes now takes 13 [@minutes-before; @minutes-2024].",
        "A journey now takes less time.",
    )

    assert problems() == [
        "data/bus-lanes/editions/overview.yaml:21:11: error[BG041]: text: the judgement cites no claim\n  help: cite the claims that it rests on: `[@claim-id]`",
    ]


def test_a_record_that_is_excluded_and_pinned_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/shopkeepers.yaml", "pin: [paint-bays]", "pin: [paint-bays, early-green]")

    assert problems() == [
        'data/bus-lanes/editions/shopkeepers.yaml:74:9: error[BG041]: "early-green" is excluded and pinned\n  help: keep one of the two',
    ]


def test_a_record_that_is_excluded_and_given_a_lens_is_reported(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/shopkeepers.yaml", "    access: {weight: 0}", "    access: {weight: 0}\n")
    edit(
        "editions/shopkeepers.yaml",
        "    second-camera:",
        "    early-green: {weight: 1}\n    second-camera:",
    )

    assert problems() == [
        'data/bus-lanes/editions/shopkeepers.yaml:76:9: error[BG041]: "early-green" is excluded and given a lens\n  help: keep one of the two',
    ]


def test_an_exclusion_without_a_reason_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/shopkeepers.yaml", "    reason: who votes how is for the ballot box\n", "")

    assert problems() == [
        'data/bus-lanes/editions/shopkeepers.yaml:76:5: error[BG005]: key "reason" is missing\n  help: add `reason: …`',
    ]


def test_an_edition_that_shows_none_of_a_kind_is_reported(edit: Edit, problems: Problems) -> None:
    edit(
        "editions/shopkeepers.yaml",
        "exclude:\n",
        "exclude:\n  - id: side-streets\n    reason: not asked for\n",
    )
    edit(
        "editions/shopkeepers.yaml",
        "weight: 5\n      so_what: Your",
        "weight: 0\n      so_what: Your",
    )
    edit(
        "editions/shopkeepers.yaml",
        "weight: 5\n      so_what: Evening",
        "weight: 0\n      so_what: Evening",
    )
    edit("editions/shopkeepers.yaml", "weight: 2", "weight: 0")

    assert problems() == [
        "data/bus-lanes/editions/shopkeepers.yaml:74:3: error[BG041]: the edition shows none of the areas\n  help: exclude fewer, or give one a weight of 1 or more",
    ]


def test_an_edition_that_excludes_everything_is_reported(dossier: Path, problems: Problems) -> None:
    records = {
        "areas": ["bus-journeys", "trade", "deliveries", "side-streets", "access"],
        "obstacles": [
            "no-loading-bays",
            "weak-enforcement",
            "no-money",
            "nobody-counted-takings",
            "split-committee",
        ],
        "recommendations": [
            "paint-bays",
            "second-camera",
            "count-together",
            "review-hours",
            "early-green",
        ],
    }
    path = dossier / "editions/overview.yaml"
    head, _, tail = path.read_text("utf-8").partition("lens:\n")
    out = "".join(f"  - {{id: {i}, reason: no}}\n" for ids in records.values() for i in ids)
    path.write_text(
        f"{head}exclude:\n{out}counter_view{tail.partition('counter_view')[2]}", "utf-8"
    )

    assert problems() == [
        f"data/bus-lanes/editions/overview.yaml:39:3: error[BG041]: the edition shows none of the {kind}\n  help: exclude fewer, or give one a weight of 1 or more"
        for kind in records
    ]


def test_a_second_figure_of_a_kind_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "kind: matrix", "kind: timeline")

    assert problems() == [
        "data/bus-lanes/editions/overview.yaml:58:11: error[BG041]: a second timeline\n  help: keep one figure of each kind",
    ]


def test_a_message_id_that_stands_twice_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "id: cheap", "id: trade")

    assert problems() == [
        'data/bus-lanes/editions/overview.yaml:26:9: error[BG010]: id "trade" stands twice in key_messages\n  help: give one of them another id',
    ]


def test_a_length_that_does_not_exist_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/_base.yaml", "lengths: [full]", "lengths: [long]")

    assert problems() == [
        'data/bus-lanes/editions/_base.yaml:11:11: error[BG006]: lengths: "long" is not one of the choices\n  help: choose one of one-page, brief, full',
    ]


def test_a_heading_of_an_unknown_section_is_reported(edit: Edit, problems: Problems) -> None:
    edit("editions/overview.yaml", "  areas: What changed", "  area: What changed")

    assert problems() == [
        'data/bus-lanes/editions/overview.yaml:30:3: error[BG006]: key: "area" is not one of the choices\n  help: did you mean "areas"? choose one of contents, context, areas, obstacles, recommendations, case-against, left-out, abbreviations, sources, evidence, messages, against',
    ]


def test_an_edition_may_reword_a_record_on_its_claims_only(edit: Edit, problems: Problems) -> None:
    edit(
        "editions/shopkeepers.yaml",
        "Crates travel over 200 metres from Mill Lane [@crates-carried].",
        "Crates travel far from Mill Lane [@made-permanent].",
    )

    assert problems() == [
        'data/bus-lanes/editions/shopkeepers.yaml:48:18: error[BG041]: summary: the record does not rest on claim "made-permanent"\n  help: cite claims of the record: bays-wanted, crates-carried',
    ]


def test_an_edition_may_not_reword_a_record_without_evidence(
    edit: Edit, problems: Problems
) -> None:
    edit(
        "editions/shopkeepers.yaml",
        "Crates travel over 200 metres from Mill Lane [@crates-carried].",
        "Crates travel far.",
    )

    assert problems() == [
        "data/bus-lanes/editions/shopkeepers.yaml:48:18: error[BG041]: summary: the edition's wording cites no claim\n  help: cite the claims that the record's own wording rests on: `[@claim-id]`",
    ]


def test_a_copy_that_keeps_the_identity_of_its_model_is_reported(
    dossier: Path, problems: Problems
) -> None:
    text = (dossier / "editions/overview.yaml").read_text("utf-8")
    (dossier / "editions/second.yaml").write_text(text.replace("id: overview", "id: second"))

    assert [problem.partition(": ")[2] for problem in problems()] == [
        'error[BG041]: label: "Overview" is that of edition "overview" as well\n  help: give each edition a label of its own',
        'error[BG041]: reference: "HBC-2024-OV" is that of edition "overview" as well\n  help: give each edition a reference of its own',
    ]


def test_an_unknown_layout_is_reported_where_the_edition_names_it(
    edit: Edit, problems: Problems
) -> None:
    edit("editions/_base.yaml", "layout: policy-brief", "layout: policy-breif")

    assert all(
        problem.endswith(
            'error[BG012]: unknown layout "policy-breif"\n  help: did you mean "policy-brief"? layouts: briefing-note, policy-brief'
        )
        for problem in problems()
    )
    assert problems()[0].startswith("data/bus-lanes/editions/_base.yaml:")


def test_mistakes_of_form_do_not_hide_unknown_names(edit: Edit, problems: Problems) -> None:
    edit("editions/shopkeepers.yaml", "weight: 2", "weight: 9")
    edit("editions/shopkeepers.yaml", "[@trade-unknown]", "[@trade-unknwn]")

    assert [problem.split("error[")[1][:5] for problem in problems()] == ["BG013", "BG006"]
