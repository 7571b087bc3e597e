use fairbalance::*;
fn main() {
    let name = std::env::args().nth(1).unwrap();
    let t = std::time::Instant::now();
    let read = scenario::read(std::path::Path::new(&name));
    let read = match read {
        Ok(r) => r,
        Err(d) => {
            println!("{:?}", d);
            return;
        }
    };
    println!("read {:?}", t.elapsed());
    let model = read.model;
    println!(
        "blanks {:?}",
        model.blanks.iter().map(|b| &b.item).collect::<Vec<_>>()
    );
    let t = std::time::Instant::now();
    let p = plan::Program::compile(&model, plan::Chance::Differences);
    println!(
        "compile {:?}: nodes {} live {} rows {} entries {} draws {} groups {} gammas {} kernels {}",
        t.elapsed(),
        p.nodes.len(),
        p.live.iter().filter(|l| **l).count(),
        p.rows.len(),
        p.entries.len(),
        p.draws.len(),
        p.counts.groups.len(),
        p.counts.gammas.len(),
        p.kernels.len()
    );
    let nz: usize = p
        .rows
        .iter()
        .filter(|r| r.id.per_replicate())
        .map(|r| r.form.terms.len())
        .sum();
    println!(
        "per-replicate rows {} terms {}",
        p.rows.iter().filter(|r| r.id.per_replicate()).count(),
        nz
    );
    let t = std::time::Instant::now();
    let s = engine::RunSettings {
        threads: 1,
        replicates: std::env::args().nth(2).map(|x| x.parse().unwrap()),
        ..Default::default()
    };
    let a = verdict::assess(&model, &s, &mut engine::NoDraws, &engine::Silent).unwrap();
    println!(
        "assess {:?} replicates {} settled {}",
        t.elapsed(),
        a.findings.replicates,
        a.findings.settled
    );
    println!("{:?} society {:?}", a.verdict.outcome, a.verdict.society);
    for p in &a.verdict.parties {
        println!(
            "{:?} p {:.3} [{:.3},{:.3}] x {:.0} ({:.0}) [{:.0};{:.0}] tau {:.0} band {:.0} {:?}",
            p.account,
            p.p_holds.p,
            p.p_holds.low,
            p.p_holds.high,
            p.x.mean,
            p.x.mcse,
            p.x.p10,
            p.x.p90,
            p.tau,
            p.chance_band,
            p.standing
        );
    }
    println!("{:?}", a.verdict.compensation);
    for w in &a.findings.waterfall {
        if w.mean != 0.0 {
            println!(
                "  {:?} {} {:.0} ±{:.0}",
                w.account,
                analysis::tag_id(&model, w.tag),
                w.mean,
                w.mcse
            );
        }
    }
    for w in a.findings.importance.iter().take(12) {
        println!(
            "  {:?} {} {:.3} ±{:.3}",
            w.account,
            model.parameter(w.parameter).name,
            w.share,
            w.mcse
        );
    }
    for v in &a.findings.variance {
        println!(
            "  var {:?} sd param {:.0} chance {:.0}",
            v.account,
            v.parameter.sqrt(),
            v.chance.sqrt()
        );
    }
    for m in &a.verdict.municipalities {
        let r = &a.findings.municipalities[m.municipality.0 as usize];
        println!(
            "  {} {:.0} per inh {:.1} band {:.0} {:?}->{:?}",
            model.world.municipalities[m.municipality.0 as usize].name,
            r.x.mean,
            r.per_inhabitant,
            r.chance_band,
            m.standing,
            m.standing_after
        );
    }
    for i in a.findings.indicators.iter().take(12) {
        println!(
            "  {} {} {:.0} {:.0} {:.1}",
            model.agreement.indicators[i.indicator].id,
            i.year,
            i.counterfactual.mean,
            i.agreement.mean,
            i.difference.mean
        );
    }
    for m in a.findings.memo.iter().take(8) {
        println!(
            "  memo {:?} {} {:?} {:.0}",
            m.party, m.year, m.class, m.value.mean
        );
    }
}
